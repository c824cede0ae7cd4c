"""What the share pictures say and where they lie."""

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from masthead.articles.models import PublishedArticle
from masthead.articles.structured_data import share_card_path
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.jobs.decorator import job
from masthead.outlets.choices import Typeface
from masthead.outlets.colours import readable
from masthead.outlets.queries import find_sheet_of, get_sheet, sheets
from masthead.outlets.sheet import Sheet
from masthead.outlets.structured_data import is_drawn, media_url, outlet_card_path
from masthead.people.bylines import byline_text
from masthead.pictures.models import CopiesState, Picture
from masthead.press.network import network_sheet
from masthead.publishing.queries import get_release
from masthead.syndication.share.drawing import INK, Card, Photo, draw_card, draw_outlet
from masthead.syndication.share.faces import FACES

PAPER, ACCENT = "#fdfcfa", "#9b1c31"
LOOK_AGAIN_AFTER = timedelta(seconds=90)
LOOKS = 5  # times, for a lead picture whose copies are still being made


def draw_for_release(*, release_id: int, looks_left: int = LOOKS, **_rest: Any) -> None:
    """
    Draw the card of a released version; a way out.

    May run again: it draws the same once more. After a withdrawal the article's cards are removed.
    """
    release = get_release(release_id)
    if release.version is None:
        remove_cards(public_id=release.article.public_id)
        return
    row = _live(release.article_id).order_by("pk").first()
    if row is None:  # withdrawn since
        return
    sheet = get_sheet(outlet_id=row.outlet_id)
    snapshot = release.version.snapshot
    lead = _lead_of(snapshot)
    draw_article(snapshot, number=release.version.number, sheet=sheet, lead=lead, row=row)
    if not _live(release.article_id).exists():  # withdrawn while it was drawn
        remove_cards(public_id=release.article.public_id)
        return
    note_change(keys=[keys.article_card(row.article_id)], at=timezone.now())
    if lead and lead.copies_state == CopiesState.WAITING and looks_left:
        redraw.later(
            release_id=release_id,
            looks_left=looks_left - 1,
            run_at=timezone.now() + LOOK_AGAIN_AFTER,
        )


def _live(article_id: int) -> QuerySet[PublishedArticle]:
    return PublishedArticle.objects.filter(article=article_id, state=PublishedArticle.State.LIVE)


def _lead_of(snapshot: dict[str, Any]) -> Picture | None:
    lead = snapshot["lead"]
    return Picture.objects.filter(pk=lead["picture"]).first() if lead else None


@job(retries=3, unique="share-card:{release_id}")
def redraw(*, release_id: int, looks_left: int, **_rest: Any) -> None:
    """Draw a card again, now that its picture may be there."""
    draw_for_release(release_id=release_id, looks_left=looks_left)


def draw_article(
    snapshot: dict[str, Any],
    *,
    number: int,
    sheet: Sheet,
    row: PublishedArticle,
    lead: Picture | None,
) -> None:
    """Nothing is written for a headline that cannot be set; pages then show the lead picture."""
    with translation.override(sheet.language):
        card = _card(snapshot, sheet=sheet, section_id=row.section_id, lead=lead)
    drawn = draw_card(card)
    if drawn is not None:
        _keep(drawn, share_card_path(row.public_id, number))


@job(retries=3, unique="outlet-card:{outlet_id}")
def draw_outlet_card(*, outlet_id: int, **_rest: Any) -> None:
    """Draw an outlet's own card in its present look, and its network's, unless they are there."""
    sheet = find_sheet_of(outlet_id=outlet_id)
    if sheet is not None:
        _draw_plain(sheet, key=keys.outlet_card(outlet_id))
    known = sheets()
    if len(known) > 1:  # a lone outlet is its network's front
        with translation.override(known[0].language):
            _draw_plain(network_sheet(known[0]), key=keys.NETWORK)


def _draw_plain(sheet: Sheet, *, key: str) -> None:
    path = outlet_card_path(sheet)
    if is_drawn(path):
        return
    drawn = draw_outlet(_plain_card(sheet, headline=sheet.tagline))
    if drawn is not None:
        _keep(drawn, path)
        note_change(keys=[key], at=timezone.now())


def share_card_url(public_id: UUID, version: int, *, sheet: Sheet) -> str:
    """The absolute address of a version's card, whether it is drawn yet or not."""
    return media_url(sheet, f"{settings.MEDIA_URL}{share_card_path(public_id, version)}")


def remove_cards(*, public_id: UUID) -> None:
    """They hold the headline, so a withdrawn article must not leave them behind."""
    folder = Path(settings.MEDIA_ROOT) / "share"
    for file in folder.glob(f"{public_id.hex}-*.jpg"):
        file.unlink(missing_ok=True)


def _card(snapshot: dict[str, Any], *, sheet: Sheet, section_id: int, lead: Picture | None) -> Card:
    section = sheet.find_section(section_id=section_id)
    kicker = snapshot["kicker"] or (section.name if section else "")
    if snapshot["sponsor"]:
        kicker = _("Paid for by %(name)s") % {"name": snapshot["sponsor"]["name"]}
    return _plain_card(
        sheet,
        kicker=kicker,
        headline=snapshot["social_headline"] or snapshot["headline"],
        byline=byline_text([author["name"] for author in snapshot["authors"]]),
        photo=_photo(lead),
    )


def _plain_card(
    sheet: Sheet, *, headline: str, kicker: str = "", byline: str = "", photo: Photo | None = None
) -> Card:
    look = sheet.look
    paper = look.get("paper") or PAPER
    face = Typeface(look.get("headline_face") or Typeface.NEWSREADER)
    return Card(
        outlet=sheet.wordmark or sheet.name,
        kicker=kicker,
        headline=headline,
        byline=byline,
        face=FACES[face],
        paper=paper,
        accent=readable(look.get("accent") or ACCENT, on=paper, ink=INK),
        from_right=sheet.direction == "rtl",
        photo=photo,
    )


def _photo(picture: Picture | None) -> Photo | None:
    """Only our own copies are opened here: originals are decoded in a process apart."""
    if picture is None or picture.copies_state != CopiesState.READY:
        return None
    jpegs = [copy for copy in picture.copies if copy["format"] == "jpeg"]
    if not jpegs:
        return None
    largest = max(jpegs, key=lambda copy: int(copy["width"]))
    return Photo(Path(settings.MEDIA_ROOT) / largest["path"], picture.focal_percent)


def _keep(image: Any, path: str) -> None:
    """Whole or not at all: written beside, flushed to the disk, then put in its place."""
    target = Path(settings.MEDIA_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as out:
        # Full colour resolution: halved, accent letters on paper get a grey fringe.
        image.save(out, "JPEG", quality=85, optimize=True, progressive=True, subsampling=0)
        out.flush()
        os.fsync(out.fileno())
    Path(out.name).chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o640)
    Path(out.name).replace(target)
