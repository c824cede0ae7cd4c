"""Writes: a new edition of a file, and what its public address gave."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.ads.authorised.files import make_text
from masthead.ads.authorised.lint import Problem, lint_ads_txt, read_sellers
from masthead.ads.authorised.queries import find_file
from masthead.ads.authorised.roots import by_root
from masthead.ads.models import SellersFile
from masthead.ads.selling.actions.telling import note
from masthead.ads.selling.refusals import AdsRefusal
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.core.outbound import OutboundError, fetch
from masthead.outlets.queries import canonical_sheets

MOST_BYTES = 600_000
TIMEOUT_SECONDS = 10.0


def problems_of(name: str, lines: str) -> list[Problem]:
    return read_sellers(lines)[1] if name == SellersFile.Name.SELLERS else lint_ads_txt(lines)


def keep_file(
    *, root: str, name: SellersFile.Name, lines: str, by: User | None, at: datetime
) -> SellersFile:
    """
    Another edition, which the outlets under the root domain give from now on; the former stay.

    Its public address is read back by a job. Raises AdsRefusal when a line cannot be kept so,
    when nothing is different, or when no outlet stands under that root.
    """
    from masthead.ads.authorised.jobs import read_back

    lines = "\n".join(line.rstrip() for line in lines.strip().splitlines())
    wrong = [each for each in problems_of(name, lines) if each.stops]
    if wrong:
        words = _("Line %(line)s: %(words)s")
        raise AdsRefusal(words % {"line": wrong[0].line, "words": wrong[0].words})
    sheets = by_root(canonical_sheets()).get(root)
    if not sheets:
        raise AdsRefusal(_("No title stands under this domain."))
    text = make_text(name, root=root, lines=lines, sheets=sheets)
    former = find_file(root=root, name=name)
    if former is not None and former.text == text and former.lines == lines:
        raise AdsRefusal(_("Nothing is different."))
    with transaction.atomic():
        made = SellersFile.objects.create(
            root=root, name=name, lines=lines, text=text, made_at=at, made_by=by
        )
        note_change(keys=[keys.advertising(sheet.id) for sheet in sheets], at=at)
        note(made, "sellers-file", by=by, root=root, name=name)
        read_back.later(file_id=made.pk)
    return made


def read_file_back(*, file: SellersFile, at: datetime) -> SellersFile.ReadBack:
    """Ask the public address, as an ad system does, and write down whether it gave this file."""
    try:
        answer = fetch(address_of(file), most_bytes=MOST_BYTES, timeout_seconds=TIMEOUT_SECONDS)
    except OutboundError:
        found = SellersFile.ReadBack.NOTHING
    else:
        same = answer.status == 200 and answer.content == file.text.encode()
        found = SellersFile.ReadBack.SAME if same else SellersFile.ReadBack.OTHER
    SellersFile.objects.filter(pk=file.pk).update(read_back=found, read_back_at=at)
    file.read_back, file.read_back_at = found, at
    return found


def address_of(file: SellersFile) -> str:
    network = urlsplit(settings.NETWORK_URL)
    if network.hostname == file.root:
        return f"{settings.NETWORK_URL}/{file.name}"
    return f"{network.scheme}://{file.root}/{file.name}"
