"""Shutting people out, with everything they wrote if wanted, and letting them in again."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.comments.models import (
    Act,
    Ban,
    Comment,
    Decision,
    House,
    Person,
    Report,
    State,
    Thread,
)
from masthead.comments.queries import fits, is_inside, is_network
from masthead.comments.reporters import tell_later
from masthead.comments.statements import statement
from masthead.outlets.models import Outlet
from masthead.readers.addresses import address_hash
from masthead.readers.models import Reader

HIDDEN = (State.APPROVED, State.HELD)
AT_ONCE = 500  # rows in one statement that names them


class AlreadyBanned(Exception):
    """There is such a ban in force; `ban` is it. The text can be shown to a person."""

    def __init__(self, text: str, ban: Ban) -> None:
        super().__init__(text)
        self.ban = ban


class AlreadyLifted(Exception):
    """The ban is over; the text can be shown to a person."""


class NoSuchRange(ValueError):
    """Not a range of network addresses; the text can be shown to a person."""


def ban(
    *,
    by: User,
    at: datetime,
    reason: str,
    reader: Reader | None = None,
    pattern: str = "",
    network: str = "",
    outlet: Outlet | None = None,
    until: datetime | None = None,
    hides: bool = False,
    words: str = "",
) -> Ban:
    """
    Shut out one reader, addresses like a pattern, or a range of the network.

    hides: take away everything that they wrote as well, in the same transaction, on whatever pages
    it stands; of a pattern and a range what those wrote who fit now. Undone by `lift_ban`.
    outlet: None for all outlets. until: None for good. One of a reader outlasts a change of their
    address and their erasure (see `erase_bans`).
    Raises AlreadyBanned, NoSuchRange.
    """
    if network and not is_network(network):
        raise NoSuchRange(_("That is no range of network addresses, such as 203.0.113.0/24."))
    with transaction.atomic():
        same = Ban.objects.filter(
            Q(until=None) | Q(until__gt=at),
            reader=reader,
            pattern=pattern.lower(),
            network=network,
            outlet=outlet,
            lifted_at=None,
        ).first()
        if same is not None:
            raise AlreadyBanned(_("That ban is in force already."), same)
        made = Ban.objects.create(
            reader=reader,
            pattern=pattern.lower(),
            network=network,
            outlet=outlet,
            reason=reason,
            words=words[:1_000],
            hides=hides,
            by=by,
            since=at,
            until=until,
        )
        if reader is not None:
            made.addresses.create(address_hash=address_hash(reader.email))
        number = _hide(made, at=at) if hides else 0
        decision = Decision.objects.create(
            act=Act.BAN,
            at=at,
            by=by,
            outlet=outlet,
            reader=reader,
            ban=made,
            reason=reason,
            words=words[:1_000],
            number=number,
            before={"until": until.isoformat() if until else None},
            statement=statement(None, act=Act.BAN, reason=reason, by_machine=False),
        )
        if number:
            _uphold_reports(made, decision, at=at)
    if decision.statement and reader is not None:
        from masthead.comments.jobs import tell_author

        tell_author.later(decision_id=decision.pk)
    return made


def lift_ban(*, ban: Ban, by: User, at: datetime) -> Decision:
    """Let them in again, and bring back what the ban took away. Raises AlreadyLifted."""
    with transaction.atomic():
        ban = Ban.objects.select_for_update(of=("self",)).get(pk=ban.pk)
        if ban.lifted_at is not None:
            raise AlreadyLifted(_("That ban has been lifted already."))
        ban.lifted_at, ban.lifted_by = at, by
        ban.save(update_fields=["lifted_at", "lifted_by"])
        undone = Decision.objects.filter(ban=ban, act=Act.BAN).first()
        if undone is not None:
            Decision.objects.filter(pk=undone.pk).update(undone_at=at)
            # Of what somebody decided on or its author deleted since, they stay as they are.
            still = Comment.objects.filter(hidden_by=ban, state=State.REMOVED)
            Report.objects.filter(decision=undone, comment__in=still).update(
                state=Report.State.OPEN, decision=None, decided_at=None
            )
        number = _bring_back(ban, at=at) if ban.hides else 0
        return Decision.objects.create(
            act=Act.LIFT,
            at=at,
            by=by,
            outlet_id=ban.outlet_id,
            reader_id=ban.reader_id,
            ban=ban,
            undoes=undone,
            number=number,
        )


def _hide(ban: Ban, *, at: datetime) -> int:
    """In a handful of statements, however much it is."""
    wrote = _written_by(ban)
    if wrote is None:
        return 0
    number = wrote.filter(state__in=HIDDEN).update(
        state_before=F("state"), state=State.REMOVED, hidden_by=ban, decided_at=at
    )
    if number:
        _after(ban, step=-1, at=at)
    return number


def _uphold_reports(ban: Ban, decision: Decision, *, at: datetime) -> None:
    """What was said against comments that the ban took away is decided with it."""
    open_ones = Report.objects.filter(comment__hidden_by=ban, state=Report.State.OPEN)
    open_ones.update(state=Report.State.UPHELD, decision=decision, decided_at=at)
    decided = Report.objects.filter(decision=decision).order_by("pk")
    tell_later(decided.values_list("comment", flat=True), at=at)


def _bring_back(ban: Ban, *, at: datetime) -> int:
    # Deleted by their author or erased since: these are counted by what they are.
    others = Comment.objects.filter(hidden_by=ban).exclude(state=State.REMOVED)
    others.update(hidden_by=None, state_before="")
    hidden = Comment.objects.filter(hidden_by=ban, state=State.REMOVED)
    number = hidden.count()
    if number:
        was_shown = When(state_before=State.APPROVED, then=Value(True))
        hidden.update(state=F("state_before"), has_place=Case(was_shown, default=F("has_place")))
        _after(ban, step=1, at=at)
        Comment.objects.filter(hidden_by=ban).update(hidden_by=None, state_before="")
    return number


def _written_by(ban: Ban) -> QuerySet[Comment] | None:
    wrote = Comment.objects.all()
    if ban.outlet_id is not None:
        wrote = wrote.filter(outlet=ban.outlet_id)
    if ban.reader_id is not None:
        return wrote.filter(author=ban.reader_id)
    if ban.pattern:
        # Narrowed down by the longest piece without a star, then looked at one by one.
        piece = max(ban.pattern.split("*"), key=len)
        asked = Reader.objects.filter(email__icontains=piece).values_list("pk", "email")
        readers = [pk for pk, email in asked.iterator() if fits(ban.pattern, email)]
        return wrote.filter(author__in=readers) if readers else None
    known = Comment.objects.filter(address__isnull=False).order_by("address")
    addresses = known.values_list("address", flat=True).distinct()
    inside = [each for each in addresses if each and is_inside(each, ban.network)]
    return wrote.filter(address__in=inside) if inside else None


def _after(ban: Ban, *, step: int, at: datetime) -> None:
    """Places, counts, records and prints, after all comments of a ban changed their state."""
    touched = Comment.objects.filter(hidden_by=ban)
    _place_anew(touched)
    _count_anew(touched, step=step)
    threads = list(touched.order_by("thread").values_list("thread", flat=True).distinct())
    articles: set[int] = set()
    for first in range(0, len(threads), AT_ONCE):
        some = Thread.objects.filter(pk__in=threads[first : first + AT_ONCE])
        articles.update(some.values_list("article_id", flat=True))
        # Worked out when the page is next printed; what it showed is gone from this moment on.
        some.update(first={})
    branches = touched.values_list("root_id", "pk")
    named = {keys.comments(each) for each in articles}
    named |= {keys.branch(root or own) for root, own in branches}
    note_change(gone=named, at=at)
    from masthead.comments.jobs import write_first

    for thread in threads[:AT_ONCE]:
        write_first.later(thread_id=thread)


def _place_anew(touched: QuerySet[Comment]) -> None:
    """What is shown has a place; what is gone only while somebody's answer to it is shown."""
    answers = Comment.objects.filter(parent=OuterRef("pk"), state=State.APPROVED)
    touched.update(
        has_place=Case(When(state=State.APPROVED, then=Value(True)), default=Exists(answers))
    )
    # Answers that were gone but kept a place for one of these, and the other way round.
    above = Comment.objects.filter(pk__in=touched.values("parent")).exclude(state=State.APPROVED)
    above.update(has_place=Exists(Comment.objects.filter(parent=OuterRef("pk"), has_place=True)))
    roots = Comment.objects.filter(pk__in=touched.values("root"))
    numbers = (
        Comment.objects.filter(root__in=roots.values("pk"), has_place=True)
        .values("root")
        .annotate(number=Count("pk"))
        .values_list("root", "number")
    )
    known = dict(numbers)
    for pk in roots.values_list("pk", flat=True):
        Comment.objects.filter(pk=pk).update(replies=known.get(pk, 0))


def _count_anew(touched: QuerySet[Comment], *, step: int) -> None:
    def by(column: str, *conditions: Q) -> dict[int, list[int]]:
        named = {f"n{place}": Count("pk", filter=each) for place, each in enumerate(conditions)}
        rows = touched.values(column).annotate(**named).order_by(column)
        return {
            row[column]: [row[name] for name in named] for row in rows if row[column] is not None
        }

    shown, held = Q(state_before=State.APPROVED), Q(state_before=State.HELD)
    reported = shown & Q(reports__gt=0)
    of_threads = by("thread", shown, held, reported)
    for thread, numbers in of_threads.items():
        Thread.objects.filter(pk=thread).update(
            shown=Greatest(F("shown") + step * numbers[0], 0),
            held=Greatest(F("held") + step * numbers[1], 0),
            reported=Greatest(F("reported") + step * numbers[2], 0),
        )
    new, picks = shown & Q(seen=False), shown & Q(is_pick=True)
    for outlet, numbers in by("outlet", held, reported, new, picks).items():
        House.objects.filter(outlet=outlet).update(
            held=F("held") + step * numbers[0],
            reported=F("reported") + step * numbers[1],
            new=F("new") + step * numbers[2],
            picks=F("picks") + step * numbers[3],
        )
    for reader, numbers in by("author", shown, Q()).items():
        Person.objects.filter(reader=reader).update(
            approved=Greatest(F("approved") + step * numbers[0], 0),
            rejected=Greatest(F("rejected") - step * numbers[1], 0),
        )
