from datetime import UTC, datetime, timedelta

import pytest

from masthead.mail.models import State
from masthead.newsletters.models import Delivery
from masthead.newsletters.sending.doubts import resolve_by_log
from masthead.newsletters.sending.messages import message_id
from masthead.newsletters.sending.postfix_log import Evidence, read_log
from tests.factories import NOON

HOUR = timedelta(hours=1)


def lines(text):
    return [f"{line.strip()}\n" for line in text.strip().splitlines()]


TAKEN_OVER = """
    2026-11-16T12:00:01.000000+00:00 mx postfix/smtpd[9]: 4Qa: client=localhost[127.0.0.1]
    2026-11-16T12:00:01.100000+00:00 mx postfix/cleanup[8]: 4Qa: message-id=<d1-abc@c.example>
    2026-11-16T12:00:01.200000+00:00 mx postfix/qmgr[7]: 4Qa: from=<b@c.example>, size=300, nrcpt=1
"""
CUT_OFF = """
    2026-11-16T12:00:02.000000+00:00 mx postfix/smtpd[9]: 4Qb: client=localhost[127.0.0.1]
    2026-11-16T12:00:02.100000+00:00 mx postfix/cleanup[8]: 4Qb: message-id=<d2-abc@c.example>
    2026-11-16T12:00:02.200000+00:00 mx postfix/smtpd[9]: lost connection after DATA (312 bytes)
"""
UNFINISHED = "\n".join(CUT_OFF.splitlines()[:-1]).replace("4Qb", "4Qc").replace("d2-", "d3-")
WHOLE = CUT_OFF.replace("after DATA (312 bytes)", "after END-OF-MESSAGE").replace("d2-", "d4-")


def test_only_what_the_queue_manager_took_over_was_accepted():
    evidence = read_log(lines(TAKEN_OVER + CUT_OFF), now=NOON + HOUR)

    assert evidence.accepted == {"d1-abc@c.example": "4Qa"}
    assert evidence.first_at == NOON + timedelta(seconds=1)
    assert evidence.last_at == NOON + timedelta(seconds=2, milliseconds=200)


def test_a_queue_id_that_is_given_out_again_proves_nothing_about_another_mail():
    again = CUT_OFF.replace("4Qb", "4Qa")

    assert read_log(lines(TAKEN_OVER + again), now=NOON + HOUR).accepted == {
        "d1-abc@c.example": "4Qa"
    }


def test_lines_of_the_old_kind_are_of_the_last_twelve_months():
    old = """
        Dec 31 23:59:58 mx postfix/cleanup[8]: 9F1: message-id=<d3-abc@c.example>
        Dec 31 23:59:59 mx postfix/qmgr[7]: 9F1: from=<b@c.example>, size=300, nrcpt=1
    """
    evidence = read_log(lines(old), now=datetime(2027, 1, 1, 1, tzinfo=UTC))

    assert evidence.accepted == {"d3-abc@c.example": "9F1"}
    assert evidence.last_at.year == 2026


def test_only_what_the_log_tells_the_end_of_is_at_an_end():
    evidence = read_log(lines(TAKEN_OVER + CUT_OFF + UNFINISHED + WHOLE), now=NOON + HOUR)

    ends = {name.partition("-")[0]: bool(open_) for name, open_ in evidence.named.items()}
    assert ends == {"d1": True, "d2": False, "d3": True, "d4": True}


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-16T12:00:30+00:00 mx rsyslogd: imuxsock lost 312 messages from pid 7",
        "2026-11-16T12:00:30+00:00 mx systemd-journald[9]: Suppressed 93 messages from postfix",
        "2026-11-16T12:00:30+00:00 mx postfix/qmgr[7]: 4Qz: from=<b@c.example>, size=300, nrcpt=1",
    ],
)
def test_a_log_that_lost_lines_about_then_speaks_of_nothing(line):
    around = "2026-11-16T11:00:00+00:00 mx a\n{}\n2026-11-16T13:00:00+00:00 mx b"

    assert read_log(lines(around.format("")), now=NOON + HOUR).covers(NOON)
    assert not read_log(lines(around.format(line)), now=NOON + HOUR).covers(NOON)


@pytest.mark.parametrize(
    ("known", "is_whole"),
    [
        ({"4Qa": -1, "4Qb": 1}, True),
        ({"4Qa": -1}, False),  # nothing of ours after it
        ({"4Qb": 1}, False),
        ({"4Qa": -1, "4Qb": 1, "4Qx": 2}, False),  # and this is missing
        ({"4Qa": -1, "4Qb": 1, "4Qx": 9}, True),  # at another time
        ({}, False),
    ],
)
def test_a_log_is_whole_that_has_all_our_mails_of_that_time(known, is_whole):
    evidence = Evidence(taken={"4Qa", "4Qb", "4Qc"})
    moments = {queue: NOON + minutes * HOUR / 60 for queue, minutes in known.items()}

    assert evidence.is_whole(NOON, moments) is is_whole


@pytest.mark.parametrize(
    ("first", "last", "covers"),
    [(-HOUR, HOUR, True), (timedelta(seconds=1), HOUR, False), (-HOUR, timedelta(), False)],
)
def test_a_log_speaks_only_of_what_lies_well_within_it(first, last, covers):
    assert Evidence({}, NOON + first, NOON + last).covers(NOON) is covers


def in_doubt(edition):
    Delivery.objects.filter(edition=edition).update(state=State.IN_DOUBT, given_at=NOON)
    return list(Delivery.objects.filter(edition=edition).order_by("pk"))


def test_doubts_are_cleared_up_by_what_the_servers_log_says(frozen):
    edition = frozen(7)
    taken, never, cut_off, unfinished, earlier, before, after = in_doubt(edition)
    for row, queue, minutes in ((before, "4Q1", -1), (after, "4Q2", 1)):
        moment = NOON + minutes * HOUR / 60
        Delivery.objects.filter(pk=row.pk).update(
            state=State.ACCEPTED, queue_id=queue, accepted_at=moment
        )
    evidence = Evidence(
        {message_id(taken.pk): "4Qa"},
        NOON - HOUR,
        NOON + HOUR,
        named={message_id(row.pk): set() for row in (cut_off, earlier)}
        | {message_id(unfinished.pk): {"4Qc"}},
        cut_off={
            message_id(cut_off.pk): NOON + HOUR / 60,
            message_id(earlier.pk): NOON - HOUR / 60,
        },
        taken={"4Qa", "4Q1", "4Q2"},
    )

    found = resolve_by_log(edition, evidence, at=NOON + HOUR)

    assert (found.accepted, found.to_send) == ([taken.pk], [never.pk, cut_off.pk])
    assert found.unknown == [unfinished.pk, earlier.pk]
    rows = Delivery.objects.order_by("pk").values_list("state", "queue_id", "given_at")
    assert list(rows)[:4] == [
        (State.ACCEPTED, "4Qa", NOON),
        (State.DEFERRED, "", None),
        (State.DEFERRED, "", None),
        (State.IN_DOUBT, "", NOON),
    ]


def test_without_another_mail_of_ours_about_then_the_log_proves_nothing(frozen):
    edition = frozen(1)
    [row] = in_doubt(edition)

    found = resolve_by_log(edition, Evidence({}, NOON - HOUR, NOON + HOUR), at=NOON + HOUR)

    assert found.unknown == [row.pk]


def test_a_log_that_does_not_reach_so_far_leaves_a_doubt(frozen):
    edition = frozen(1)
    [row] = in_doubt(edition)

    found = resolve_by_log(edition, Evidence({}, NOON - HOUR, NOON), at=NOON + HOUR)

    assert found.unknown == [row.pk]
    row.refresh_from_db()
    assert row.state == State.IN_DOUBT


def test_a_forged_message_id_in_the_log_clears_up_nothing(frozen):
    edition = frozen(1)
    [row] = in_doubt(edition)
    forged = {f"d{row.pk}-aaaaaaaaaaaa@c.example": "4Qa"}

    found = resolve_by_log(edition, Evidence(forged, NOON - HOUR, NOON + HOUR), at=NOON)

    assert found.accepted == []
