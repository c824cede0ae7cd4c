"""
Bringing readers in from a file, with who says that they agreed, when and how; and out again.

Nothing is mailed by an import: it only writes down what the newsroom states.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.mail.models import Reach, Suppression
from masthead.readers.actions import find_or_add_reader, label_reader, note_consent
from masthead.readers.addresses import NotAnAddress, read_address
from masthead.readers.models import Consent, Import, Reader
from masthead.readers.proofs import may_write_to

MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
AT_ONCE = 500
# What a spreadsheet would run when it opens the file.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class NotAList(Exception):
    """The file cannot be read as one; the text can be shown to a person."""


@dataclass(frozen=True)
class Target:
    """
    What readers of a list can be put on.

    choices: (value, label) of what this user may put readers on; to others `join` adds nobody.
    join: puts one reader on it; answers what became of that in a word for the report.
    """

    name: str
    choices: Callable[[User], list[tuple[str, str]]]
    join: Callable[..., str]


@dataclass(frozen=True)
class Statement:
    """Who says that these people agreed, to what and how, and when that was."""

    by: User
    agreed_on: date
    agreed_how: str


_targets: dict[str, Target] = {}


def register_target(target: Target) -> None:
    """Add one; call from `apps.ready()`. Raises ValueError for a name that is taken."""
    if target.name in _targets:
        raise ValueError(f"There is a target named {target.name} already.")
    _targets[target.name] = target


def targets(by: User) -> list[tuple[str, str]]:
    """(name:value, label) of all that this user may put readers on."""
    return [
        (f"{each.name}:{value}", label)
        for each in _targets.values()
        for value, label in each.choices(by)
    ]


def import_readers(
    *,
    file_name: str,
    data: bytes,
    statement: Statement,
    target: str = "",
    label: str = "",
    at: datetime,
) -> Import:
    """
    Read the lines in groups, one write transaction each; the same file again changes nothing.

    A line needs an address in a column `email`; `name` is taken where there is one. Raises
    NotAList before anything is written.
    """
    rows = list(_rows(data))
    counts: Counter[str] = Counter()
    lines: list[list[object]] = []
    for begin in range(0, len(rows), AT_ONCE):
        with transaction.atomic():
            for number, email, name in rows[begin : begin + AT_ONCE]:
                address, what = _bring_in(email, name, statement, target, label, at)
                counts[what] += 1
                lines.append([number, address, what])
    return Import.objects.create(
        file_name=file_name[:200],
        agreed_on=statement.agreed_on,
        agreed_how=statement.agreed_how[:500],
        by=statement.by,
        at=at,
        counts=dict(counts),
        lines=lines,
    )


def _rows(data: bytes) -> Iterator[tuple[int, str, str]]:
    if len(data) > MOST_BYTES:
        raise NotAList(_("The file is too large; split it."))
    if b"\0" in data:  # PostgreSQL takes none
        raise NotAList(_("The file is no CSV that can be read."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise NotAList(_("The file is not UTF-8 text. Save it as CSV in UTF-8.")) from bad
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        head = [each.strip().lower() for each in next(reader, [])]
    except csv.Error as bad:
        raise NotAList(_("The file is no CSV that can be read.")) from bad
    if "email" not in head:
        raise NotAList(_("The first line has to name the columns; one of them is “email”."))
    email, name = head.index("email"), head.index("name") if "name" in head else None
    try:
        for count, row in enumerate(reader, start=1):
            if count > MOST_ROWS:
                raise NotAList(_("The file has too many lines; split it."))
            if any(cell.strip() for cell in row):
                given = row[name] if name is not None and name < len(row) else ""
                yield reader.line_num, row[email] if email < len(row) else "", given.strip()[:80]
    except csv.Error as bad:
        raise NotAList(_("The file is no CSV that can be read.")) from bad


def _bring_in(
    email: str, name: str, statement: Statement, target: str, label: str, at: datetime
) -> tuple[str, str]:
    """The address and a word for what became of the line."""
    try:
        address = read_address(email)
    except NotAnAddress:
        return email.strip()[:254], "unreadable"
    if not may_write_to(address):
        return address, "forgotten"
    if Suppression.objects.filter(address=address, reach=Reach.ALL).exists():
        return address, "suppressed"
    is_known = Reader.objects.filter(email=address).exists()
    reader = find_or_add_reader(email=address, at=at)
    _state(reader, name, statement, at)
    if label:
        label_reader(reader=reader, name=label)
    what = "known" if is_known else "added"
    kind, _colon, value = target.partition(":")
    if kind in _targets:
        what = _targets[kind].join(reader=reader, value=value, statement=statement, at=at) or what
    return address, what


def _state(reader: Reader, name: str, statement: Statement, at: datetime) -> None:
    changed = []
    if name and not reader.name:
        reader.name = name
        changed.append("name")
    if reader.proved_at is None:
        agreed = timezone.make_aware(datetime.combine(statement.agreed_on, time()))
        reader.proved_at = min(agreed, at)
        changed.append("proved_at")
    if changed:
        reader.save(update_fields=changed)
    if not Consent.objects.filter(reader=reader, what="list", words=statement.agreed_how).exists():
        note_consent(
            reader=reader,
            what="list",
            given=True,
            words=statement.agreed_how,
            place="",
            proof="import",
            detail=f"{statement.by.email}, {statement.agreed_on.isoformat()}",
            at=at,
        )


def export_csv(readers: QuerySet[Reader]) -> Iterator[str]:
    """Line by line: address, name, since when, proved when, labels."""
    yield _line(["email", "name", "joined_at", "proved_at", "labels"])
    found = readers.order_by("pk").prefetch_related("labels")
    for reader in found.iterator(chunk_size=2_000):
        labels = "; ".join(sorted(label.name for label in reader.labels.all()))
        proved = reader.proved_at.isoformat() if reader.proved_at else ""
        yield _line([reader.email, reader.name, reader.joined_at.isoformat(), proved, labels])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([f"'{each}" if each.startswith(_FORMULAS) else each for each in cells])
    return out.getvalue()
