import threading

import pytest

from masthead.newsletters.models import Edition
from masthead.newsletters.sending import dispatch, freezing
from tests.factories import NOON
from tests.newsletters.sending.lists import a_newsletter, an_edition, copies, on_the_list


@pytest.fixture
def newsletter(courier, port):
    return a_newsletter(courier)


@pytest.fixture
def frozen(newsletter):
    """An edition to so many readers, `reader0` and on, frozen at noon."""

    def make(number=3, **fields):
        for each in range(number):
            on_the_list(newsletter, f"reader{each}", at=NOON)
        edition = an_edition(newsletter, at=NOON, **fields)
        freezing.freeze(edition, copies(edition, at=NOON), at=NOON)
        return Edition.objects.get(pk=edition.pk)

    return make


@pytest.fixture
def send(monkeypatch, clock):
    """Send what is due of an edition through this server, at this moment."""

    def go(edition, server, *, at=NOON, stop=None):
        clock.move_to(at, tick=False)
        monkeypatch.setattr(dispatch, "transport", lambda: server)
        dispatch.dispatch(edition.pk, stop=stop or threading.Event())
        edition.refresh_from_db()
        return edition

    return go
