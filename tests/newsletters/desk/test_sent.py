"""The screens of newsletters: what became of an edition, and what one does while it goes out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from masthead.accounts.models import Role
from masthead.mail.models import State
from masthead.newsletters.models import (
    Delivery,
    Edition,
    EditionState,
    Subscription,
)
from masthead.readers.models import Reader
from tests.factories import NOON, a_person, a_section, an_outlet, at_desk
from tests.newsletters.desk.screens import url
from tests.newsletters.kits import an_edition, article, sent

pytestmark = pytest.mark.usefixtures("clock")


def test_the_report_says_what_became_of_it(edition_sent, desk):
    answer = desk.get(url("edition", edition_sent.pk))

    figures = answer.context["figures"]
    assert (figures.recipients, figures.accepted, figures.failed, figures.left) == (4, 3, 1, 1)
    assert (figures.clicks, figures.machines, figures.reach) == (2, 9, 75.0)
    assert "Seven ships" in answer.content.decode()
    assert desk.get(url("copy", edition_sent.pk, "adfree")).status_code == 200
    assert desk.get(url("copy", edition_sent.pk, "other")).status_code == 404


def test_the_figures_of_a_newsletter_are_plotted_and_in_tables(edition_sent, evening, desk):
    answer = desk.get(url("editions", evening.pk))

    text = answer.content.decode()
    assert text.count('<div class="plot"') == 2
    days = answer.context["growth"]
    assert (len(days), days[-1].readers, days[-1].left, days[-3].joined) == (90, 3, 1, 4)
    assert days[-2].readers == 4


def test_the_figures_leave_as_csv(edition_sent, evening, desk):
    Edition.objects.filter(pk=edition_sent.pk).update(subject="=1+1")

    lines = desk.get(url("figures", evening.pk)).content.decode().splitlines()

    assert lines == [
        "number,subject,sent_at,recipients,accepted,failed,clicks,left",
        "7,'=1+1,2026-11-16T12:00:00+00:00,4,3,1,2,1",
    ]


def test_the_queries_of_the_lists_do_not_grow(evening, page, desk):
    def more_editions_and_their_queries(address):
        sent(an_edition(evening, article(page)), at=NOON)
        an_edition(evening, article(page))
        with CaptureQueriesContext(connection) as asked:
            desk.get(address)
        return len(asked)

    for address in (url("outlet"), url("editions", evening.pk)):
        desk.get(address)
        counts = [more_editions_and_their_queries(address) for _ in range(3)]
        assert counts[0] == counts[2]


def test_the_first_outlet_is_opened_at_once_and_several_are_chosen_from(evening, ada, desk):
    assert desk.get(reverse("newsletters:index")).headers["Location"] == url("outlet")
    a_section(an_outlet(slug="gazette", title="The Gazette"))
    owner = a_person("olga", Role.OWNER, None)
    owner.is_superuser = True
    owner.save()

    assert "The Gazette" in at_desk(owner).get(reverse("newsletters:index")).content.decode()


def test_before_it_goes_out_the_desk_says_to_how_many(edition, evening, desk):
    for number, proved_at in enumerate([NOON, None]):
        reader = Reader.objects.create(
            email=f"n{number}@reader.example", joined_at=NOON, proved_at=proved_at
        )
        Subscription.objects.create(newsletter=evening, reader=reader, joined_at=NOON)

    plan = desk.get(url("edition", edition.pk)).context["plan"]

    assert plan["recipients"] == 1
    assert [(each.why, each.how_many) for each in plan["left_out"]] == [
        ("address not confirmed", 1)
    ]


def test_one_under_way_is_paused_resumed_and_stopped(under_way, desk):
    states = []
    for name in ("pause", "resume", "stop", "pause"):
        desk.post(url(name, under_way.pk))
        under_way.refresh_from_db()
        states.append(under_way.state)

    assert states == ["paused", "sending", "stopped", "stopped"]


def test_its_progress_is_told(under_way, desk):
    told = desk.get(url("progress", under_way.pk)).json()

    assert (told["total"], told["over"], told["in_doubt"]) == (4, 3, 1)
    assert told["is_under_way"] is True


@pytest.mark.parametrize(("form", "state"), [({"sent": "1"}, State.ACCEPTED), ({}, State.DEFERRED)])
def test_a_person_settles_a_doubt(under_way, desk, form, state):
    doubt = Delivery.objects.get(state=State.IN_DOUBT)
    assert doubt.address in desk.get(url("edition", under_way.pk)).content.decode()

    desk.post(url("settle", under_way.pk, doubt.pk), form)

    doubt.refresh_from_db()
    assert doubt.state == state


def test_who_joined_since_is_counted_and_gets_it_on_request(edition_sent, evening, desk):
    new = Reader.objects.create(email="new@reader.example", joined_at=NOON, proved_at=NOON)
    Subscription.objects.create(newsletter=evening, reader=new, joined_at=NOON)

    assert desk.get(url("edition", edition_sent.pk)).context["new_joiners"] == 1
    desk.post(url("to_new", edition_sent.pk))

    edition_sent.refresh_from_db()
    assert edition_sent.state == EditionState.FREEZING
