"""What is sent: an edition printed once for each class of readers, and which versions are in it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from masthead.newsletters.blocks import Piece, fill
from masthead.newsletters.blocks.filling import Filled, without_advertising
from masthead.newsletters.clicks.tokens import click_path
from masthead.newsletters.models import CopyArticle, Delivery, Edition, EditionCopy
from masthead.newsletters.printing.edition import Fields, PrintedEdition, print_edition
from masthead.newsletters.printing.message import message_of
from masthead.newsletters.queries import any_withdrawn, shown_in, standing_copies
from masthead.newsletters.splicing import make_parts
from masthead.newsletters.taking_back import take_back_words
from masthead.outlets.queries import get_sheet
from masthead.outlets.sheet import Sheet

PUBLIC, AD_FREE = "public", "adfree"
VARIANTS = (PUBLIC, AD_FREE)


class NothingToPrint(Exception):
    """No block of the edition has anything in it this moment."""


def print_copies(edition: Edition, at: datetime) -> list[EditionCopy]:
    """
    The edition's copies, one for each class of readers, with the version of each article in them.

    Of what readers can read at that moment. Once a copy is addressed to anybody they stay as they
    are, until something in them is withdrawn; then others take their place, and they are kept for
    those who were sent them. Before that they are printed anew each time, so it bears being called
    again. One transaction. Raises NothingToPrint.
    """
    with transaction.atomic():
        # Locked, so that of two who print at once the second finds what the first has printed.
        Edition.objects.select_for_update().get(pk=edition.pk)
        copies = list(standing_copies(edition.pk))
        if not (copies and Delivery.objects.filter(edition=edition).exists()):
            edition.copies.all().delete()
        elif any_withdrawn(shown_in([copy.pk for copy in copies])):
            standing_copies(edition.pk).update(replaced_at=at)
        else:
            return copies
        take_back_words(edition, at=at)
        sheet = get_sheet(outlet_id=edition.newsletter.outlet_id)
        with translation.override(sheet.language), timezone.override(sheet.timezone):
            # Printed anew it has the corrections and places it went out with.
            filled = fill(edition, sheet=sheet, at=edition.released_at or at)
            if not has_news(filled):
                raise NothingToPrint
            _settle(edition, filled)
            return [_copy(edition, filled, variant, sheet=sheet, at=at) for variant in VARIANTS]


def _settle(edition: Edition, filled: Filled) -> None:
    """Lists that fill themselves are from now on what stood in them, on the site as well."""
    blocks = [dict(block) for block in edition.blocks]
    for piece in filled.pieces:
        if piece.kind == "articles":
            blocks[piece.block]["articles"] = [story.article_id for story in piece.stories]
    edition.blocks = blocks
    edition.save(update_fields=["blocks"])


def has_news(filled: Filled) -> bool:
    """Whether anything stands in it but greetings, lines and advertising."""
    empty = {"greeting", "divider"}
    return any(piece.kind not in empty and not piece.is_advertising for piece in filled.pieces)


def preview_edition(edition: Edition, *, variant: str = PUBLIC, at: datetime) -> PrintedEdition:
    """As readers would get it at this moment; links lead straight to the articles."""
    sheet = get_sheet(outlet_id=edition.newsletter.outlet_id)
    with translation.override(sheet.language), timezone.override(sheet.timezone):
        pieces = pieces_for(variant, fill(edition, sheet=sheet, at=at))
        front = sheet.absolute("newsletters/")
        return print_edition(
            edition, pieces, sheet=sheet, at=at, fields=Fields(front, front, greeting="")
        )


def pieces_for(variant: str, filled: Filled) -> Sequence[Piece]:
    return without_advertising(filled.pieces) if variant == AD_FREE else filled.pieces


def _copy(
    edition: Edition, filled: Filled, variant: str, *, sheet: Sheet, at: datetime
) -> EditionCopy:
    copy = EditionCopy.objects.create(
        edition=edition, variant=variant, parts=b"", html="", text="", printed_at=at
    )
    printed = print_edition(
        edition,
        pieces_for(variant, filled),
        sheet=sheet,
        at=at,
        href=lambda story: sheet.absolute(click_path(copy_id=copy.pk, article_id=story.article_id)),
    )
    message = message_of(edition, printed, sheet=sheet, at=at)
    copy.parts, copy.html, copy.text = make_parts(message), printed.html, printed.text
    corrections = (each for piece in printed.pieces for each in piece.corrections)
    copy.corrected = sorted({each.article_id for each in corrections})
    copy.save(update_fields=["parts", "html", "text", "corrected"])
    versions = dict.fromkeys(story.version_id for each in printed.pieces for story in each.stories)
    CopyArticle.objects.bulk_create(
        CopyArticle(copy=copy, version_id=version, outlet_id=sheet.id, place=place)
        for place, version in enumerate(versions)
    )
    return copy
