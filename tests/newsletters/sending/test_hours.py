import threading
from datetime import timedelta

import pytest

from masthead.newsletters.models import Edition, EditionState
from masthead.newsletters.sending import actions, dispatch
from masthead.newsletters.sending.troubles import Trouble
from tests.factories import NOON
from tests.newsletters.sending.lists import an_edition, copies, on_the_list
from tests.newsletters.sending.servers import Server

MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(monkeypatch):
    made = Server()
    monkeypatch.setattr(dispatch, "transport", lambda: made)
    monkeypatch.setattr(dispatch, "copies_of", lambda edition, at: copies(edition, at=at))
    return made


@pytest.fixture
def edition(newsletter):
    on_the_list(newsletter, "cy", at=NOON)
    return an_edition(newsletter, at=NOON, state=EditionState.DRAFT)


def at(moment, clock):
    clock.move_to(moment, tick=False)
    dispatch.dispatch_due(stop=threading.Event())


def test_an_edition_goes_out_at_its_hour_and_not_before(edition, server, clock):
    actions.schedule_edition(edition=edition, at=NOON + MINUTE, by=None)

    at(NOON, clock)
    assert server.took() == {}
    at(NOON + MINUTE, clock)
    assert server.took() == {"cy": 1}
    edition.refresh_from_db()
    assert (edition.state, edition.number) == (EditionState.SENT, 1)


def test_an_edition_whose_hour_is_long_past_waits_for_a_person(edition, server, clock):
    actions.schedule_edition(edition=edition, at=NOON, by=None)

    at(NOON + timedelta(minutes=61), clock)

    edition.refresh_from_db()
    assert (edition.state, server.took()) == (EditionState.HELD, {})
    assert edition.trouble == ("Its hour was more than 60 minutes ago when sending could begin.")


def test_an_edition_that_cannot_be_printed_waits_for_a_person(edition, server, clock, monkeypatch):
    def fail(edition, at):
        raise Trouble("There is nothing in this edition to send.")

    monkeypatch.setattr(dispatch, "copies_of", fail)
    actions.schedule_edition(edition=edition, at=NOON, by=None)

    at(NOON, clock)

    edition.refresh_from_db()
    assert (edition.state, edition.trouble) == (
        EditionState.HELD,
        "There is nothing in this edition to send.",
    )


def test_those_who_joined_since_are_sent_it_too_and_nobody_twice(
    edition, server, clock, newsletter, monkeypatch
):
    actions.schedule_edition(edition=edition, at=NOON, by=None)
    at(NOON, clock)
    on_the_list(newsletter, "di", at=NOON)

    edition.refresh_from_db()
    actions.send_to_new_joiners(edition=edition, by=None)
    printed = {copy.variant: copy for copy in edition.copies.all()}
    monkeypatch.setattr(dispatch, "copies_of", lambda edition, at: printed)
    at(NOON + MINUTE, clock)

    assert server.took() == {"cy": 1, "di": 1}


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (EditionState.SENT, actions.unschedule_edition),
        (EditionState.SENT, actions.pause_edition),
        (EditionState.DRAFT, actions.resume_edition),
        (EditionState.DRAFT, actions.send_to_new_joiners),
    ],
)
def test_what_does_not_fit_the_editions_state_is_refused_in_words(edition, state, action):
    Edition.objects.update(state=state)

    with pytest.raises(actions.NotNow, match="another state"):
        action(edition=edition, by=None)


def test_what_is_scheduled_can_be_taken_back(edition, server, clock):
    actions.schedule_edition(edition=edition, at=NOON, by=None)
    actions.unschedule_edition(edition=edition, by=None)

    at(NOON, clock)

    assert server.took() == {}
