import threading
from datetime import timedelta

import pytest

from masthead.mail.models import Reach, State, Suppression
from masthead.newsletters.models import (
    Delivery,
    Edition,
    EditionState,
    SendingHome,
    Subscription,
    Unbroken,
)
from masthead.newsletters.sending import actions, marks
from masthead.newsletters.sending.claims import Claims
from masthead.newsletters.sending.doubts import take_stock
from masthead.newsletters.sending.leases import LEASE, Lease, leave_lease, take_lease
from masthead.newsletters.sending.pacing import Allowances
from masthead.newsletters.sending.queries import progress_of
from masthead.newsletters.sending.troubles import LeaseLost
from masthead.readers.models import Reader
from tests.factories import NOON
from tests.newsletters.sending.servers import AWAY, LATER, REFUSED, SILENT, Server

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def states(edition):
    rows = Delivery.objects.filter(edition=edition).order_by("pk")
    return [row.state for row in rows]


def row_of(edition, name="reader0"):
    return Delivery.objects.get(edition=edition, address=f"{name}@readers.example")


def test_everybody_frozen_gets_one_mail_and_the_edition_is_over(frozen, send):
    server = Server()

    edition = send(frozen(25), server)

    assert server.took() == {f"reader{n}": 1 for n in range(25)}
    assert states(edition) == [State.ACCEPTED] * 25
    assert (edition.state, edition.lease_by, edition.finished_at) == (EditionState.SENT, "", NOON)
    row = row_of(edition)
    assert (row.queue_id, row.code, row.attempts, row.accepted_at) == ("Q1", 250, 1, NOON)


def test_each_mail_carries_its_readers_own_words_and_a_lasting_id(frozen, send):
    server = Server({"reader0": [LATER]})
    edition = frozen(1)
    Reader.objects.update(name="Zoë")
    seen = []
    server.before = seen.append

    send(edition, server)
    send(edition, server, at=NOON + 3 * MINUTE)

    first, second = seen
    assert first == second
    message = server.message_to("reader0")
    row = row_of(edition)
    assert message["To"] == "reader0@readers.example"
    assert message["Message-ID"].startswith(f"<d{row.pk}-")
    assert f"d{row.pk}-" in first.key
    assert message.get_content().startswith("Hello Zoë,")
    assert "/newsletters/leave/" in message["List-Unsubscribe"]


def test_a_row_that_was_put_off_waits_minutes_then_longer(frozen, send):
    server = Server({"reader0": [LATER, LATER]})
    edition = send(frozen(1), server)

    row = row_of(edition)
    assert (row.state, row.attempts, row.due_at) == (State.DEFERRED, 1, NOON + 2 * MINUTE)
    assert (edition.state, edition.lease_until) == (EditionState.SENDING, NOON + 2 * MINUTE)
    send(edition, server, at=NOON + 2 * MINUTE)
    assert row_of(edition).due_at == NOON + 7 * MINUTE
    send(edition, server, at=NOON + 7 * MINUTE)
    assert (row_of(edition).state, edition.state) == (State.ACCEPTED, EditionState.SENT)


def test_after_a_day_of_putting_off_a_row_is_given_up(frozen, send):
    server = Server({"reader0": [LATER] * 99})
    edition, at = send(frozen(1), server), NOON
    while edition.state == EditionState.SENDING:
        at = row_of(edition).due_at
        send(edition, server, at=at)

    row = row_of(edition)
    assert (row.state, edition.state) == (State.FAILED, EditionState.SENT)
    assert timedelta(hours=18) < at - NOON <= marks.GIVE_UP_AFTER
    assert 8 < row.attempts < 16


def test_a_refused_row_is_over_with_what_the_server_said(frozen, send):
    edition = send(frozen(2), Server({"reader1": [REFUSED]}))

    row = row_of(edition, "reader1")
    assert (row.state, row.code, row.answer) == (State.FAILED, 550, "nobody of that name")
    assert edition.state == EditionState.SENT


def test_a_server_that_is_away_costs_no_row_a_try(frozen, send):
    server = Server({"reader0": [AWAY, AWAY]}, lines=1)
    edition = send(frozen(1), server)

    row = row_of(edition)
    assert (row.state, row.attempts, row.due_at) == (State.PENDING, 0, NOON + 5 * SECOND)
    assert edition.trouble == "no route"
    send(edition, server, at=row.due_at)
    row = row_of(edition)
    assert (row.attempts, row.due_at) == (0, NOON + 10 * SECOND)
    edition = send(edition, server, at=row.due_at)
    assert (states(edition), edition.trouble) == ([State.ACCEPTED], "")


def test_a_server_that_is_away_for_hours_pauses_the_edition(frozen, send):
    server = Server({"reader0": [AWAY] * 20}, lines=1)
    edition = frozen(1)

    send(edition, server, at=NOON + timedelta(hours=4))

    assert edition.state == EditionState.PAUSED
    assert edition.trouble == "The mail server has taken nothing for hours: no route"
    assert states(edition) == [State.PENDING]


def test_a_server_that_refuses_one_after_the_other_pauses_the_edition(frozen, send):
    server = Server({f"reader{n}": [REFUSED] for n in range(120)}, lines=1)

    edition = send(frozen(120), server)

    assert edition.state == EditionState.PAUSED
    assert states(edition).count(State.FAILED) in range(50, 60)
    assert State.CLAIMED not in states(edition)


def test_a_mail_without_an_answer_is_in_doubt_and_never_sent_again_by_itself(frozen, send):
    server = Server({"reader0": [SILENT]})
    edition = send(frozen(2), server)

    assert states(edition) == [State.IN_DOUBT, State.ACCEPTED]
    assert (edition.state, edition.finished_at) == (EditionState.SENDING, None)
    send(edition, server, at=NOON + timedelta(days=2))
    assert server.took() == {"reader0": 1, "reader1": 1}


@pytest.mark.parametrize(("sent", "mails"), [(True, 1), (False, 2)])
def test_a_person_says_what_became_of_a_mail_and_the_edition_is_over(frozen, send, sent, mails):
    server = Server({"reader0": [SILENT]})
    edition = send(frozen(1), server)
    row = row_of(edition)

    actions.resolve_doubt(delivery=row, sent=sent, by=None, at=NOON + MINUTE)

    edition = send(edition, server, at=NOON + MINUTE)
    assert server.took() == {"reader0": mails}
    assert (states(edition), edition.state) == ([State.ACCEPTED], EditionState.SENT)
    with pytest.raises(actions.NoDoubt):
        actions.resolve_doubt(delivery=row, sent=True, by=None, at=NOON)


def test_whoever_leaves_or_is_suppressed_or_erased_after_the_freeze_gets_nothing(frozen, send):
    edition = frozen(4)
    subscriptions = Subscription.objects.order_by("pk")
    subscriptions.filter(pk=subscriptions[0].pk).update(state=Subscription.State.LEFT)
    Suppression.objects.create(
        address="reader1@readers.example",
        reach=Reach.ALL,
        reason=Suppression.Reason.COMPLAINED,
        since=NOON,
    )
    subscriptions[2].reader.delete()
    server = Server()

    send(edition, server)

    assert server.took() == {"reader3": 1}
    assert states(edition) == [State.SUPPRESSED] * 3 + [State.ACCEPTED]
    assert edition.state == EditionState.SENT


def test_leaving_works_for_a_row_that_a_slow_server_keeps_waiting(frozen, send, clock, monkeypatch):
    edition = frozen(3)

    def answer_slowly(mail):
        if mail.recipient.startswith("reader0"):
            clock.shift(5)

    server = Server(lines=1, before=answer_slowly)
    look_again = Claims.unfit_now

    def leave_and_look(self, ids):
        Subscription.objects.filter(reader__email="reader1@readers.example").update(state="left")
        return look_again(self, ids)

    monkeypatch.setattr(Claims, "unfit_now", leave_and_look)
    send(edition, server)

    assert server.took() == {"reader0": 1, "reader2": 1}


@pytest.mark.parametrize("action", ["pause_edition", "stop_edition"])
def test_paused_or_stopped_nothing_more_is_given_from_the_next_commit_on(
    frozen, send, monkeypatch, action
):
    edition = frozen(30)
    server = Server(lines=2)
    write = marks.Book.write

    def write_and_interrupt(self, new, *, at):
        write(self, new, at=at)
        if len(server.taken) >= 5 and Edition.objects.get(pk=edition.pk).state == "sending":
            when = {"at": at} if action == "stop_edition" else {}
            getattr(actions, action)(edition=Edition.objects.get(pk=edition.pk), by=None, **when)

    monkeypatch.setattr(marks.Book, "write", write_and_interrupt)
    send(edition, server)

    taken = len(server.taken)
    assert 5 <= taken <= 10
    assert states(edition).count(State.ACCEPTED) == taken
    assert State.CLAIMED not in states(edition)
    monkeypatch.setattr(marks.Book, "write", write)
    if action == "pause_edition":
        actions.resume_edition(edition=edition, by=None)
        edition = send(edition, server)
        assert (edition.state, len(server.taken)) == (EditionState.SENT, 30)
    else:
        edition = send(edition, server)
        assert states(edition).count(State.SUPPRESSED) == 30 - taken
        assert (edition.state, edition.finished_at) == (EditionState.STOPPED, NOON)
    assert set(server.took().values()) == {1}


def test_told_to_end_a_sender_waits_for_answers_and_leaves_nothing_claimed(frozen, send):
    stop = threading.Event()
    server = Server(lines=2, before=lambda mail: stop.set())
    edition = frozen(30)

    send(edition, server, stop=stop)

    assert 1 <= len(server.taken) <= 4
    assert states(edition).count(State.ACCEPTED) == len(server.taken)
    assert states(edition).count(State.PENDING) == 30 - len(server.taken)
    assert edition.lease_by == ""
    edition = send(edition, server, at=NOON + MINUTE)
    assert set(server.took().values()) == {1}
    assert edition.state == EditionState.SENT


def test_of_two_senders_one_has_the_edition(frozen):
    edition = frozen()

    first = take_lease(edition.pk, at=NOON)

    assert first is not None
    assert take_lease(edition.pk, at=NOON + LEASE / 2) is None
    second = take_lease(edition.pk, at=NOON + LEASE)
    assert second is not None
    assert second.fence == first.fence + 1


def test_a_sender_that_was_presumed_dead_gives_nothing_and_changes_nothing(frozen, newsletter):
    edition = frozen()
    old = take_lease(edition.pk, at=NOON)
    claims = Claims(old, newsletter.pk, Allowances())
    claimed = claims.claim(2, at=NOON)
    new = take_lease(edition.pk, at=NOON + LEASE)
    take_stock(new)

    with pytest.raises(LeaseLost):
        claims.claim(1, at=NOON + LEASE)
    with pytest.raises(LeaseLost):
        marks.Book(old, NOON).write(marks.Marks(given=claimed), at=NOON + LEASE)
    claims.release(claimed, at=NOON + LEASE)
    marks.Book(old, NOON).write_over([(claimed[0], REFUSED)], at=NOON + LEASE)

    assert states(edition) == [State.PENDING] * 3


def test_what_a_killed_sender_had_given_is_in_doubt_and_the_rest_waits(frozen, newsletter):
    edition = frozen(4)
    lease = take_lease(edition.pk, at=NOON)
    claimed = Claims(lease, newsletter.pk, Allowances()).claim(3, at=NOON)
    marks.Book(lease, NOON).write(marks.Marks(given=claimed[:1]), at=NOON)

    in_doubt = take_stock(take_lease(edition.pk, at=NOON + LEASE))

    assert in_doubt == 1
    assert states(edition) == [State.IN_DOUBT, *[State.PENDING] * 3]


def test_after_a_power_cut_all_that_was_claimed_is_in_doubt(frozen, newsletter):
    edition = frozen(4)
    lease = take_lease(edition.pk, at=NOON)
    Claims(lease, newsletter.pk, Allowances()).claim(3, at=NOON)
    Edition.objects.update(lease_by="another boot:host:1:1")  # SQLite
    Unbroken.objects.all().delete()  # as PostgreSQL empties it

    taken = take_lease(edition.pk, at=NOON + LEASE)

    assert taken.after_power_cut
    assert take_stock(taken) == 3


def test_progress_counts_every_row_once_and_tells_when_it_will_be_over(frozen, send):
    server = Server({"reader0": [SILENT], "reader1": [REFUSED], "reader2": [LATER]})
    edition = send(frozen(5), server)

    progress = progress_of(edition, at=NOON)

    assert progress.by_state == {
        State.IN_DOUBT: 1,
        State.FAILED: 1,
        State.DEFERRED: 1,
        State.ACCEPTED: 2,
    }
    assert (progress.total, progress.over, progress.in_doubt) == (5, 3, 1)
    assert progress.forecast.mails == 1
    assert progress.forecast.ends_at > NOON


def test_a_copy_of_the_database_sends_nothing_until_a_person_says_so(frozen, send):
    edition = frozen(1)
    SendingHome.objects.create(identity="another", since=NOON)
    server = Server()

    send(edition, server)

    assert (server.taken, states(edition), edition.state) == ([], [State.PENDING], "paused")
    assert "masthead letters here" in edition.trouble


def test_a_sleeping_edition_is_left_alone_until_it_is_woken(frozen):
    edition = frozen(1)
    lease = take_lease(edition.pk, at=NOON)
    leave_lease(lease, until=NOON + MINUTE)

    assert take_lease(edition.pk, at=NOON) is None
    actions.wake(edition.pk)
    assert isinstance(take_lease(edition.pk, at=NOON), Lease)
