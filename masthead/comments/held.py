"""What comments hold of a reader, and what they may choose about it."""

from datetime import datetime
from typing import Any

from masthead.comments.actions.erasing import erase_author, erase_bans
from masthead.comments.models import Ban, Comment, Decision, Ignored, Person, Report, Respect
from masthead.comments.notices import note_choice
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader
from masthead.readers.preferences import Data, Saving

Rows = list[dict[str, Any]]
FIELD = "comments-notices"


def export_comments(reader: Reader) -> Rows:
    mine = Comment.objects.filter(author=reader).order_by("pk")
    return [
        {
            "on": each.thread.published.headline,
            "posted_at": each.posted_at,
            "edited_at": each.edited_at,
            "state": each.state,
            "reason": each.reason,
            "text": each.text,
            "before": [version.text for version in each.versions.order_by("number")],
            "respects": each.respects,
            "address": each.address,
        }
        for each in mine.select_related("thread__published").prefetch_related("versions")
    ]


def export_decisions(reader: Reader) -> Rows:
    about = Decision.objects.filter(reader=reader).exclude(act="note").order_by("pk")
    names = ("at", "act", "reason", "words", "statement", "undone_at")
    return [dict(each) for each in about.values(*names)]


def export_bans(reader: Reader) -> Rows:
    bans = Ban.objects.filter(reader=reader).order_by("pk")
    names = ("since", "until", "outlet__title", "reason", "words", "lifted_at")
    return [dict(each) for each in bans.values(*names)]


def export_acts(reader: Reader) -> Rows:
    respected = Respect.objects.filter(reader=reader).order_by("pk")
    reported = Report.objects.filter(reader=reader).order_by("pk")
    ignored = Ignored.objects.filter(reader=reader).order_by("pk")
    return [
        *({"respected": str(each.comment.public_id), "at": each.at}
          for each in respected.select_related("comment")),
        *({"reported": str(each.comment.public_id), "reason": each.reason, "words": each.words,
           "at": each.at, "objections": [one.words for one in each.appeals.all()]}
          for each in reported.select_related("comment").prefetch_related("appeals")),
        *({"ignores": each.ignored.name, "at": each.at}
          for each in ignored.select_related("ignored")),
    ]  # fmt: skip


def erase_comments(reader: Reader, at: datetime) -> None:
    erase_author(reader=reader, at=at)


def erase_shut_out(reader: Reader, at: datetime) -> None:
    erase_bans(reader=reader, at=at)


def build_choice(reader: Reader, sheet: Sheet) -> dict[str, Any] | None:
    """Stands aside for whoever never commented."""
    person = Person.objects.filter(reader=reader).first()
    if person is None:
        return None
    return {"choices": Person.Notices.choices, "chosen": person.notices, "field": FIELD}


def save_choice(reader: Reader, data: Data, saving: Saving) -> None:
    choice = data.get(FIELD)
    if choice not in Person.Notices.values:
        return
    note_choice(reader=reader, choice=choice, place=saving.place, proof=saving.proof, at=saving.at)
