"""Writes of readers: a comment, its change, its end."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from masthead.articles.models import PublishedArticle
from masthead.comments.actions.deciding import record_refusal_by_pipeline
from masthead.comments.actions.moving import lock_thread, move
from masthead.comments.models import Comment, Scorer, State, Thread
from masthead.comments.pipeline import Draft, Facts, Outcome, Verdict, judge
from masthead.comments.pipeline.phases import LONGEST
from masthead.comments.queries import find_ban, find_thread, house_rules, record_of, word_lists
from masthead.comments.rules import Rules, rules_below
from masthead.comments.scoring import scored
from masthead.comments.text import fingerprint, printed, tidy
from masthead.comments.wording import TOLD, told
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Benefit, Reader
from masthead.readers.queries import benefits_of_reader

STATES = {
    Outcome.APPROVE: State.APPROVED,
    Outcome.HOLD: State.HELD,
    Outcome.REFUSE: State.REJECTED,
}


class NotTaken(Exception):
    """
    The text was not taken, and nothing of it is kept. The text can be shown to its author.

    wait_seconds: after how long it would be; 0 when waiting does not help.
    """

    def __init__(self, text: str, *, wait_seconds: int = 0, reason: str = "") -> None:
        super().__init__(text)
        self.wait_seconds = wait_seconds
        self.reason = reason


@dataclass(frozen=True)
class Writer:
    """
    Who writes. is_proved: whether it is certain that it is this reader.

    reader: None for somebody who only typed an address, with what they call themselves.
    badge: "staff", "author" or nothing. address: where they come from.
    """

    reader: Reader | None
    is_proved: bool
    badge: str = ""
    is_member: bool = False
    address: str | None = None
    name: str = ""


@dataclass(frozen=True)
class Written:
    """text: as typed. client_id: what the device calls this attempt."""

    text: str
    client_id: str = ""
    parent: Comment | None = None


def post_comment(
    *, place: PublishedArticle, sheet: Sheet, writer: Writer, written: Written, at: datetime
) -> Comment:
    """
    Take what somebody wrote below an article; the answer says what became of it.

    When this returns, the comment is stored. The same client_id of the same reader is the same
    comment, however often and at once it is posted. Of a writer who is not proved it waits in
    `UNPROVED` for `prove_comment` and nobody sees it.
    Raises NotTaken.
    """
    already = _find_posted(writer, written)
    if already is not None:
        return already
    draft = make_draft(written.text, at=at, is_reply=written.parent is not None)
    verdict = judged(place, sheet, writer, draft)
    try:
        with transaction.atomic():
            return _store(place, writer, written, draft, verdict)
    except IntegrityError:
        # Two at once with one client_id: the other was first.
        already = _find_posted(writer, written)
        if already is None:
            raise
        return already


def judged(place: PublishedArticle, sheet: Sheet, writer: Writer, draft: Draft) -> Verdict:
    """First without the scorer, which is asked only about what could be taken. Raises NotTaken."""
    facts = _facts(place, sheet, writer, draft)
    verdict = judge(draft, facts)
    asks = facts.rules.scorer != Scorer.OFF and verdict.phase != "staff"
    if verdict.outcome is Outcome.APPROVE and asks:
        score = scored(draft.text, sheet=sheet, address=writer.address)
        verdict = judge(
            draft,
            replace(
                facts,
                scored=score.value,
                scorer_failed=score.has_failed,
                holds_when_scorer_fails=score.holds_when_failed,
            ),
        )
    if verdict.outcome is Outcome.TELL:
        raise NotTaken(told(verdict), wait_seconds=verdict.wait_seconds, reason=verdict.reason)
    return verdict


def _find_posted(writer: Writer, written: Written) -> Comment | None:
    if not written.client_id:
        return None
    if writer.reader is not None:
        mine = Comment.objects.filter(author=writer.reader)
    else:
        mine = Comment.objects.filter(author=None, state=State.UNPROVED)
    return mine.filter(client_id=written.client_id).first()


def make_draft(text: str, *, at: datetime, is_reply: bool = False, is_edit: bool = False) -> Draft:
    text = tidy(text[: 4 * LONGEST])  # more cannot be taken, whatever is in it
    html = printed(text) if len(text) <= LONGEST else ""
    return Draft(text, html, fingerprint(text), at, is_reply=is_reply, is_edit=is_edit)


def _facts(place: PublishedArticle, sheet: Sheet, writer: Writer, draft: Draft) -> Facts:
    """Of a writer who is not proved only what they bring: whose address it is may be a lie."""
    known = writer.reader if writer.is_proved else None
    record = record_of(known, at=draft.at, is_staff=bool(writer.badge))
    banned, suspect = word_lists(place.outlet_id)
    return Facts(
        rules=rules_for(place, sheet),
        published_at=place.published_at,
        record=record,
        banned=banned,
        suspect=suspect,
        is_banned=find_ban(
            outlet_id=place.outlet_id, reader=known, address=writer.address, at=draft.at
        )
        is not None,
        is_member=writer.is_member or not writer.is_proved,
    )


def rules_for(place: PublishedArticle, sheet: Sheet) -> Rules:
    thread = find_thread(place.pk)
    return rules_below(
        house=house_rules(place.outlet_id),
        of_article=thread.rules if thread else {},
        section=sheet.find_section(section_id=place.section_id),
        sheet=sheet,
    )


def _store(
    place: PublishedArticle, writer: Writer, written: Written, draft: Draft, verdict: Verdict
) -> Comment:
    thread = _thread_of(place)
    parent = written.parent
    if parent is not None and (parent.thread_id != thread.pk or parent.state != State.APPROVED):
        raise NotTaken(str(TOLD["gone"]), reason="gone")
    comment = Comment(
        thread=thread,
        outlet_id=place.outlet_id,
        parent=parent,
        root_id=(parent.root_id or parent.pk) if parent else None,
        author=writer.reader,
        byline="" if writer.reader else writer.name,
        badge=writer.badge,
        client_id=written.client_id,
        text=draft.text,
        html=draft.html,
        fingerprint=draft.fingerprint,
        state=State.UNPROVED,
        posted_at=draft.at,
        address=writer.address,
    )
    note_verdict(comment, verdict)
    to = STATES[verdict.outcome] if writer.is_proved else State.UNPROVED
    move(comment, to=to, at=draft.at, thread=thread)
    if to == State.REJECTED:
        record_refusal_by_pipeline(comment=comment, at=draft.at)
    return comment


def _thread_of(place: PublishedArticle) -> Thread:
    thread = Thread.objects.select_for_update().filter(published=place).first()
    if thread is None:
        Thread.objects.get_or_create(published=place, defaults=_of(place))
        thread = Thread.objects.select_for_update().get(published=place)
    return thread


def _of(place: PublishedArticle) -> dict[str, int]:
    return {"article_id": place.article_id, "outlet_id": place.outlet_id}


def note_verdict(comment: Comment, verdict: Verdict) -> None:
    comment.phase = verdict.phase
    comment.reason = verdict.reason
    comment.marks = [list(each) for each in verdict.marks]
    comment.score = verdict.score


def prove_comment(*, comment: Comment, sheet: Sheet, at: datetime) -> Comment:
    """
    Its author has shown that the address is theirs: judge it as theirs. Repeatable.

    What would have been told is now the reason why it is refused, since its author has left; also
    that what it answers is not shown any more.
    """
    if comment.state != State.UNPROVED or comment.author is None:
        return comment
    place = comment.thread.published
    benefits = benefits_of_reader(reader=comment.author, at=at)
    writer = Writer(
        comment.author,
        is_proved=True,
        badge=comment.badge,
        is_member=Benefit.MEMBERS_ARTICLES in benefits,
        address=comment.address,
    )
    draft = Draft(comment.text, comment.html, comment.fingerprint, at)
    facts = _without_itself(_facts(place, sheet, writer, draft), comment)
    # Asked when it was posted: this may be inside a transaction.
    failed = comment.reason == "scorer-failed"
    verdict = judge(draft, replace(facts, scored=comment.score, scorer_failed=failed))
    with transaction.atomic():
        thread = lock_thread(comment.thread_id)
        comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        if comment.state != State.UNPROVED:
            return comment
        note_verdict(comment, verdict)
        to = STATES.get(verdict.outcome, State.REJECTED)
        parent = comment.parent_id
        if parent is not None and to != State.REJECTED and not _is_shown(parent):
            to, comment.phase, comment.reason, comment.marks = State.REJECTED, "closed", "gone", []
        move(comment, to=to, at=at, thread=thread)
        if to == State.REJECTED:
            record_refusal_by_pipeline(comment=comment, at=at)
    return comment


def _is_shown(comment: int) -> bool:
    """With the thread's lock that stays so until its answer is stored."""
    return Comment.objects.filter(pk=comment, state=State.APPROVED).exists()


def _without_itself(facts: Facts, comment: Comment) -> Facts:
    record = facts.record
    others = tuple(
        each for each in record.lately if each != (comment.fingerprint, comment.posted_at)
    )
    return replace(facts, record=replace(record, lately=others))
