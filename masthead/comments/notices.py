"""
Mails to commenters: what was decided about a comment of theirs, and that somebody answered.

An answer's own words are in no mail: what a moderator takes away later would lie in a mailbox. The
words of a comment that was refused are in one mail alone, the decision's, to who wrote them: a
statement of reasons has to say what it is about.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from masthead.comments.models import SHOWN, Appeal, Comment, Decision, Ignored, Person, State
from masthead.comments.wording import why_refused
from masthead.mail.post import Sender, write_letter
from masthead.mail.printing import print_mail
from masthead.outlets.queries import find_sheet_of
from masthead.outlets.sheet import Sheet
from masthead.readers.actions import note_consent
from masthead.readers.models import Reader
from masthead.readers.preferences import preferences_link
from masthead.readers.proofs import may_write_to

CONSENT = "comment-replies"
MOST_IN_DIGEST = 30


def tell_of_decision(*, decision: Decision, at: datetime) -> None:
    """The statement of reasons to the author; once for each decision. Without an address: none."""
    reader, outlet_id = decision.reader, decision.outlet_id
    if reader is None or reader.proved_at is None or not decision.statement:
        return
    if decision.undone_at is not None or not may_write_to(reader.email):
        return
    sheet = _sheet(outlet_id or _outlet_of_last(reader))
    if sheet is None:
        return
    comment = decision.comment
    said = decision.statement
    context = {
        "is_ban": said["restriction"] == "suspension",
        "headline": comment.thread.published.headline if comment else "",
        "text": comment.text if comment and comment.state not in _WITHOUT_TEXT else "",
        "why": why_refused(decision.reason),
        "words": decision.words,
        "is_law": said["ground"] == "law",
        "by_machine": said["decided"] == "machine",
        "until": decision.ban.until if decision.ban else None,
        "mine": sheet.absolute("comments/do/mine"),
    }
    write_letter(
        key=f"comments.decision:{decision.pk}",
        kind="comments.decision",
        to=reader.email,
        mail=print_mail("comments/mail/decision", sheet=sheet, context=context),
        sender=_sender(sheet),
        at=at,
    )


def tell_of_answer(*, appeal: Appeal, at: datetime) -> None:
    """To whoever objected: what was decided."""
    reader, sheet = appeal.reader, _sheet(appeal.outlet_id)
    if reader is None or sheet is None or not may_write_to(reader.email):
        return
    context = {"granted": appeal.state == Appeal.State.GRANTED, "answer": appeal.answer}
    write_letter(
        key=f"comments.appeal:{appeal.pk}",
        kind="comments.decision",
        to=reader.email,
        mail=print_mail("comments/mail/appeal", sheet=sheet, context=context),
        sender=_sender(sheet),
        at=at,
    )


_WITHOUT_TEXT = {State.DELETED, State.ERASED}


def tell_of_reply(*, comment: Comment, at: datetime) -> None:
    """To whoever is answered and wants a mail for each reply; once for each."""
    parent = comment.parent
    if parent is None or parent.author is None:
        return
    reader = parent.author
    wants_each = Person.objects.filter(reader=reader, notices=Person.Notices.EACH)
    if not (wants_each.exists() and _worth_hearing(reader).filter(pk=comment.pk).exists()):
        return
    if not _may_be_told(reader):
        return
    _write(reader, [comment], key=f"comments.reply:{comment.pk}", at=at)


def tell_daily(*, person: Person, at: datetime) -> int:
    """
    One mail with what was answered since the last; answers how many that were.

    The first of them by name; of the others it says how many there are.
    """
    since = person.told_until or at - timedelta(days=1)
    answers = (
        _worth_hearing(person.reader)
        .filter(parent__author=person.reader, decided_at__gt=since, decided_at__lte=at)
        .select_related("author", "thread__published", "parent")
        .order_by("decided_at", "pk")
    )
    number = answers.count() if _may_be_told(person.reader) else 0
    if number:
        named = list(answers[:MOST_IN_DIGEST])
        key = f"comments.day:{person.pk}:{at:%Y-%m-%d}"
        _write(person.reader, named, more=number - len(named), key=key, at=at)
    Person.objects.filter(pk=person.pk).update(told_until=at)
    return number


def _may_be_told(reader: Reader) -> bool:
    """Not who asked to be forgotten."""
    return reader.proved_at is not None and may_write_to(reader.email)


def _worth_hearing(reader: Reader) -> QuerySet[Comment]:
    """What is shown, but not of oneself, nor of somebody one ignores."""
    ignored = Ignored.objects.filter(reader=reader).values("ignored")
    shown = Comment.objects.filter(state__in=SHOWN)
    return shown.exclude(author=reader).exclude(author__in=ignored)


def _write(
    reader: Reader, answers: list[Comment], *, key: str, at: datetime, more: int = 0
) -> None:
    sheet = _sheet(answers[0].outlet_id)
    if sheet is None:
        return
    context = {
        "answers": [
            {
                "by": each.byline or (each.author.name if each.author else ""),
                "headline": each.thread.published.headline,
                "url": sheet.absolute(
                    f"comments/{each.thread.published.public_id}/{each.public_id}/"
                ),
            }
            for each in answers
        ],
        "number": len(answers) + more,
        "more": more,
        "mine": sheet.absolute("comments/do/mine"),
        "stop": preferences_link(reader=reader, sheet=sheet),
    }
    write_letter(
        key=key,
        kind="comments.reply",
        to=reader.email,
        mail=print_mail("comments/mail/replies", sheet=sheet, context=context),
        sender=_sender(sheet),
        at=at,
    )


def note_choice(*, reader: Reader, choice: str, place: str, proof: str, at: datetime) -> None:
    """How a reader wants to hear of answers, with a line of consent when that changes."""
    person, _made = Person.objects.get_or_create(reader=reader, defaults={"first_at": at})
    if person.notices == choice:
        return
    Person.objects.filter(pk=person.pk).update(notices=choice, told_until=at)
    note_consent(
        reader=reader,
        what=CONSENT,
        given=choice != Person.Notices.NONE,
        words=str(dict(Person.Notices.choices)[choice]),
        place=place,
        proof=proof,
        at=at,
    )


def _sender(sheet: Sheet) -> Sender:
    return Sender(sheet.name, outlet_id=sheet.id, reply_to=sheet.contact_email)


def _sheet(outlet_id: int | None) -> Sheet | None:
    return find_sheet_of(outlet_id=outlet_id) if outlet_id else None


def _outlet_of_last(reader: Reader) -> int | None:
    """Of a ban on all titles: in the name of the one they last wrote on."""
    wrote = Comment.objects.filter(author=reader).order_by("-posted_at", "-pk")
    return wrote.values_list("outlet", flat=True).first()
