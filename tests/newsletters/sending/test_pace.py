from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from masthead.mail.models import State
from masthead.newsletters.models import Delivery, DomainPace, EditionState, WarmUp
from masthead.newsletters.sending import actions
from masthead.newsletters.sending.freezing import freeze
from masthead.newsletters.sending.pacing import Allowances
from masthead.newsletters.sending.rates import forecast
from tests.factories import NOON
from tests.newsletters.sending.lists import an_edition, copies, on_the_list
from tests.newsletters.sending.servers import Server

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def edition(newsletter):
    """Six readers at a large receiver, and four elsewhere."""
    for each in range(6):
        on_the_list(newsletter, f"large{each}", at=NOON, host="large.example")
    for each in range(4):
        on_the_list(newsletter, f"other{each}", at=NOON)
    made = an_edition(newsletter, at=NOON)
    freeze(made, copies(made, at=NOON), at=NOON)
    return made


def accepted(edition, domain="large.example"):
    rows = Delivery.objects.filter(edition=edition, state=State.ACCEPTED)
    return rows.filter(domain=domain).count()


def test_a_domain_is_sent_no_more_a_minute_than_its_pace_and_others_do_not_wait(edition, send):
    actions.set_pace(domain="large.example", a_minute=2, a_day=None)
    server = Server()

    send(edition, server)
    assert (accepted(edition), accepted(edition, "readers.example")) == (2, 4)
    send(edition, server, at=NOON + MINUTE / 2)
    assert accepted(edition) == 2
    for later in (1, 2):
        send(edition, server, at=NOON + later * MINUTE)
    assert (accepted(edition), edition.state) == (6, EditionState.SENT)


def test_a_days_allowance_is_counted_in_the_table_and_begins_anew_at_midnight(edition, send):
    actions.set_pace(domain="large.example", a_minute=None, a_day=4)
    server = Server()

    send(edition, server)
    send(edition, server, at=NOON + timedelta(hours=11))
    assert accepted(edition) == 4
    assert DomainPace.objects.get().day_used == 4
    send(edition, server, at=NOON + timedelta(hours=12))
    assert accepted(edition) == 6


def test_a_warm_up_plan_holds_for_all_mail_together(edition, send):
    actions.plan_warm_up(first=3, last=300, days=3, at=NOON)
    server = Server()

    edition = send(edition, server)

    assert len(server.taken) == 3
    assert edition.lease_until == datetime(2026, 11, 17, tzinfo=UTC)
    send(edition, server, at=NOON + DAY)
    assert len(server.taken) == 10


def test_rows_that_were_claimed_and_not_given_use_nothing_up(edition, send):
    import threading

    actions.set_pace(domain="", a_minute=None, a_day=100)
    stop = threading.Event()

    send(edition, Server(lines=1, before=lambda mail: stop.set()), stop=stop)

    given = Delivery.objects.filter(edition=edition, state=State.ACCEPTED).count()
    assert DomainPace.objects.get(domain="").day_used == given


def test_nobody_else_is_told_of_an_allowance_while_somebody_takes_of_it(db):
    actions.plan_warm_up(first=3, last=300, days=3, at=NOON)
    actions.set_pace(domain="large.example", a_minute=2, a_day=None)

    with CaptureQueriesContext(connection) as asked:
        of_all, by_domain = Allowances().left(at=NOON)

    assert (of_all, by_domain) == (3, {"large.example": 2})
    [reads] = [
        each["sql"] for each in asked if "minute_used" in each["sql"] and " IN (" in each["sql"]
    ]
    if connection.vendor == "postgresql":
        assert reads.endswith('ORDER BY "newsletters_domainpace"."domain" ASC FOR UPDATE')


@pytest.mark.parametrize(("day", "mails"), [(-1, 200), (0, 200), (1, 2000), (2, 20_000), (3, None)])
def test_a_warm_up_grows_evenly_and_ends(day, mails):
    plan = WarmUp(began_on=date(2026, 11, 16), first=200, last=20_000, days=3)

    assert plan.allowance(date(2026, 11, 16) + day * DAY) == mails


@pytest.mark.parametrize(
    ("waiting", "paces", "plan", "seconds", "held_by"),
    [
        ({"": 1000}, {}, None, 100, None),
        ({"": 400, "l": 600}, {"l": DomainPace(domain="l", a_minute=60)}, None, 600, "l"),
        ({"": 100, "l": 1}, {"l": DomainPace(domain="l", a_minute=60)}, None, 10.1, None),
        ({"": 1000}, {"": DomainPace(a_minute=60)}, None, 1000, ""),
        ({"": 1000}, {"": DomainPace(a_day=600)}, None, 12 * 3600 + 40, ""),
        ({"": 900}, {"": DomainPace(a_day=600, day=NOON.date(), day_used=600)}, None, None, ""),
        (
            {"": 500},
            {},
            WarmUp(began_on=NOON.date(), first=100, last=400, days=3),
            36 * 3600 + 20,
            "",
        ),
    ],
)
def test_when_the_last_mail_will_be_handed_over(waiting, paces, plan, seconds, held_by):
    found = forecast(waiting, a_second=10, paces=paces, plan=plan, at=NOON)

    assert found.held_by == held_by
    if seconds is not None:
        assert (found.ends_at - NOON).total_seconds() == pytest.approx(seconds, abs=1)


def test_what_a_pace_of_nothing_holds_never_ends():
    pace = DomainPace(domain="l", a_day=0)

    found = forecast({"l": 5}, a_second=10, paces={"l": pace}, plan=None, at=NOON)

    assert (found.ends_at, found.held_by) == (None, "l")
