"""The screens of newsletters: who gets in, what is kept, what goes out, what is told."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from masthead.accounts.grants import collection_for
from masthead.accounts.models import Role
from masthead.mail.models import Letter, State
from masthead.newsletters.models import (
    ClicksOnArticle,
    Delivery,
    Edition,
    EditionState,
    Newsletter,
    Pace,
    Subscription,
)
from masthead.newsletters.printing import print_copies
from masthead.readers.models import Reader
from tests.factories import NOON, a_person, a_picture, a_section, an_article, an_outlet, at_desk
from tests.newsletters.kits import a_newsletter, an_edition, article, sent

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def evening(courier):
    return a_newsletter(courier)


@pytest.fixture
def page(port):
    return an_article(port, "Seven ships")


@pytest.fixture
def edition(evening, page):
    return an_edition(evening, article(page, size="lead"))


@pytest.fixture
def desk(ada):
    return at_desk(ada)


def url(name, *args):
    return reverse(f"newsletters:{name}", args=["courier", *args])


def arrange(desk, edition, blocks, **lines):
    body = {"subject": "Subject", "preheader": "", "blocks": blocks} | lines
    return desk.post(url("arrange", edition.pk), json.dumps(body), content_type="application/json")


def said(desk, address):
    return [str(each) for each in desk.get(address).context["messages"]]


@pytest.mark.parametrize("name", ["outlet", "make"])
@pytest.mark.parametrize(("role", "status"), [(Role.EDITOR, 200), (Role.REPORTER, 404)])
def test_editors_of_the_whole_title_get_in(courier, name, role, status):
    person = a_person("eva", role, courier)

    assert at_desk(person).get(url(name)).status_code == status


def test_nobody_reaches_another_titles_edition(edition, desk):
    gazette = an_outlet(slug="gazette", title="The Gazette")
    eva = at_desk(a_person("eva", Role.EDITOR, gazette))

    for address in (
        url("edition", edition.pk),
        reverse("newsletters:edition", args=["gazette", edition.pk]),
        url("preview", edition.pk),
        url("change", edition.newsletter_id),
    ):
        assert eva.get(address).status_code == 404


def test_a_newsletter_is_made_and_begins_with_its_next_hour(courier, port, desk):
    fields = {
        "name": "The Morning Courier",
        "slug": "morning",
        "promise": "Every morning at six.",
        "pace": "held",
        "days": ["0", "1"],
        "hour": "06:00",
        "recipe": '[{"step": "newest", "most": 3}]',
        "offered": "on",
    }

    answer = desk.post(url("make"), fields)

    assert answer.status_code == 302
    made = Newsletter.objects.get()
    assert (made.days, made.recipe) == ([0, 1], [{"step": "newest", "most": 3}])
    assert made.hours_from is not None
    assert PageLogEntry.objects.filter(action="newsletters.make", page=courier).exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"slug": "leave"}, "belongs to the program"),
        ({"slug": "evening"}, "has that address"),
        ({"days": []}, "on which days"),
        ({"recipe": "[]"}, "Without a recipe"),
        ({"recipe": '[{"step": "magic"}]'}, "is none there is"),
        ({"recipe": "nonsense"}, "is no recipe"),
    ],
)
def test_what_cannot_be_a_newsletter_says_why(evening, desk, fields, words):
    usual = {
        "name": "Another",
        "slug": "another",
        "promise": "Something.",
        "pace": "held",
        "days": ["0"],
        "hour": "06:00",
        "recipe": '[{"step": "newest"}]',
    }

    answer = desk.post(url("make"), usual | fields)

    assert words in answer.content.decode()
    assert Newsletter.objects.count() == 1


def test_new_days_count_from_now(evening, desk):
    fields = {
        "name": "Renamed",
        "slug": "evening",
        "promise": "Other.",
        "pace": "straight",
        "days": ["2"],
        "hour": "18:00",
        "recipe": '[{"step": "newest"}]',
    }

    assert desk.post(url("change", evening.pk), fields).status_code == 302

    evening.refresh_from_db()
    assert (evening.name, evening.days, evening.pace) == ("Renamed", [2], Pace.STRAIGHT)
    assert evening.hours_from is not None


def test_closing_is_the_publishers_and_drops_what_waits(edition, evening, courier, desk):
    publisher = at_desk(a_person("pia", Role.PUBLISHER, courier))

    assert desk.post(url("close", evening.pk)).status_code in {302, 403}
    evening.refresh_from_db()
    assert evening.closed_at is None
    publisher.post(url("close", evening.pk))

    evening.refresh_from_db()
    edition.refresh_from_db()
    assert evening.closed_at is not None
    assert edition.state == EditionState.DROPPED


def test_an_edition_made_by_hand_begins_with_the_recipe(evening, page, desk):
    evening.recipe = [{"step": "newest", "most": 3}]
    evening.save()

    answer = desk.post(url("make_edition", evening.pk))

    made = Edition.objects.get()
    assert answer.headers["Location"] == url("edition", made.pk)
    assert (made.subject, made.blocks[0]["article"]) == ("Seven ships", page.pk)


def test_what_is_written_is_kept_and_what_stands_in_it_is_told(edition, page, desk):
    blocks = [
        {"kind": "text", "html": "<p>Hi<script>x()</script></p>"},
        {"kind": "article", "article": page.pk},
        {"kind": "article", "article": 999},
    ]

    told = arrange(desk, edition, blocks, subject="New subject").json()

    edition.refresh_from_db()
    assert edition.subject == "New subject"
    assert edition.blocks[0]["html"] == "<p>Hi</p>"
    assert [each["shown"] for each in told["blocks"]] == [
        [],
        [{"article": page.pk, "headline": "Seven ships", "kicker": "Port"}],
        [],
    ]
    assert {"words", "block", "stops"} == told["problems"][0].keys()
    assert [each["block"] for each in told["problems"]] == [None, 2]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"subject": 1, "preheader": 2, "blocks": 3}']
)
def test_nonsense_is_refused(edition, desk, body):
    answer = desk.post(url("arrange", edition.pk), body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("blocks", "fields", "words"),
    [
        ([], {}, "There is nothing to read in it yet."),
        ([], {"subject": ""}, "It has no subject."),
        ([], {"subject": "x" * 80}, "Most mail programs cut the subject off."),
        ([], {"preheader": ""}, "The line after the subject is empty."),
        ([{"kind": "text"}], {}, "It is empty."),
        ([{"kind": "picture", "picture": "no alt"}], {}, "The picture has no alternative text."),
        (
            [
                {
                    "kind": "text",
                    "html": '<p><a href="http://127.0.0.1:8000/courier/port/no/">x</a></p>',
                }
            ],
            {},
            "A link leads to nothing: http://127.0.0.1:8000/courier/port/no/",
        ),
        ([{"kind": "text", "html": "<p>" + "word " * 900 + "</p>"}] * 50, {}, "too long for Gmail"),
    ],
)
def test_problems_are_told_before_it_goes_out(edition, desk, blocks, fields, words):
    given = [
        {**block, "picture": a_picture(description="").pk} if "picture" in block else block
        for block in blocks
    ]

    told = arrange(desk, edition, given, **fields).json()

    assert any(words in each["words"] for each in told["problems"]), told["problems"]


def test_links_that_lead_somewhere_are_no_problem(edition, page, port, desk):
    links = "".join(
        f'<a href="http://127.0.0.1:8000/courier/{path}">x</a>'
        for path in ("", "port/", page.published.get().path, "newsletters/evening/")
    )
    blocks = [{"kind": "text", "html": f'<p>{links}<a href="https://elsewhere.example/">y</a></p>'}]

    told = arrange(desk, edition, blocks, preheader="More").json()

    assert told["problems"] == []


@pytest.mark.parametrize("look", ["light", "dark", "text"])
@pytest.mark.parametrize("variant", ["public", "adfree", "nonsense"])
def test_previews_stand_in_frames_where_nothing_runs(edition, desk, look, variant):
    answer = desk.get(url("preview", edition.pk), {"look": look, "variant": variant})

    assert "Seven ships" in answer.content.decode()
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "prefers-color-scheme: dark" not in answer.content.decode()


def test_a_test_goes_to_people_of_the_newsroom_alone(edition, ada, courier, desk):
    a_person("bea", Role.REPORTER, courier)

    desk.post(url("test", edition.pk), {"addresses": "ada@courier.example; bea@courier.example"})
    desk.post(url("test", edition.pk), {"addresses": "somebody@elsewhere.example"})

    letters = Letter.objects.order_by("address")
    assert [each.address for each in letters] == ["ada@courier.example", "bea@courier.example"]
    assert {each.subject for each in letters} == {"Test: Ships by night"}
    assert b"@@" not in bytes(letters[0].prepared)


@pytest.mark.parametrize(
    ("form", "due"),
    [
        ({"now": "1"}, NOON + timedelta(hours=2)),
        ({"due_at": "2026-11-16T18:30"}, datetime(2026, 11, 16, 17, 30, tzinfo=UTC)),
        ({"due_at": "2026-11-01T18:30"}, NOON + timedelta(hours=2)),
    ],
)
def test_it_is_scheduled_by_the_titles_clock(edition, courier, desk, form, due):
    courier.timezone = "Europe/Berlin"
    courier.save()

    desk.post(url("schedule", edition.pk), form)

    edition.refresh_from_db()
    assert edition.state == EditionState.SCHEDULED
    assert abs(edition.due_at - due) < timedelta(seconds=30)


@pytest.mark.parametrize(
    ("fields", "form"),
    [
        ({"subject": ""}, {"now": "1"}),
        ({"blocks": []}, {"now": "1"}),
        ({}, {"due_at": "tomorrow"}),
        ({}, {"due_at": "2029-01-01T00:00"}),
        ({"state": EditionState.SENT}, {"now": "1"}),
    ],
)
def test_what_cannot_go_out_is_not_scheduled(edition, desk, fields, form):
    Edition.objects.filter(pk=edition.pk).update(**fields)

    desk.post(url("schedule", edition.pk), form)

    edition.refresh_from_db()
    assert edition.state == fields.get("state", EditionState.DRAFT)


@pytest.mark.parametrize(
    ("name", "state"), [("hold", EditionState.HELD), ("drop", EditionState.DROPPED)]
)
def test_it_is_held_or_dropped_until_it_is_on_its_way(edition, desk, name, state):
    desk.post(url(name, edition.pk))
    edition.refresh_from_db()
    assert edition.state == state

    Edition.objects.filter(pk=edition.pk).update(state=EditionState.SENDING)
    desk.post(url(name, edition.pk))
    edition.refresh_from_db()
    assert edition.state == EditionState.SENDING


def test_building_anew_keeps_the_words(edition, evening, page, desk):
    evening.recipe = [{"step": "newest", "most": 3}]
    evening.save()
    Edition.objects.filter(pk=edition.pk).update(blocks=[])

    desk.post(url("rebuild", edition.pk))

    edition.refresh_from_db()
    assert (edition.subject, edition.blocks[0]["article"]) == ("Ships by night", page.pk)


def test_articles_and_pictures_are_found_by_their_words(edition, page, courier, desk):
    own = collection_for(courier)
    a_picture(title="Ferry at night", collection=own)
    a_picture(title="Crab", collection=own)
    a_picture(
        title="Ferry at night, another title's", collection=collection_for(an_outlet(slug="x"))
    )

    articles = desk.get(url("articles"), {"q": "seven SHIPS"}).json()["found"]
    pictures = desk.get(url("pictures"), {"q": "ferry night"}).json()["found"]

    assert [each["headline"] for each in articles] == ["Seven ships"]
    assert [each["title"] for each in pictures] == ["Ferry at night"]


@pytest.fixture
def edition_sent(edition, evening, page):
    copy = print_copies(edition, NOON)[0]
    for number, state in enumerate([State.ACCEPTED, State.ACCEPTED, State.ACCEPTED, State.FAILED]):
        reader = Reader.objects.create(email=f"r{number}@reader.example", joined_at=NOON)
        Subscription.objects.create(
            newsletter=evening,
            reader=reader,
            joined_at=NOON - timedelta(days=2),
            state=Subscription.State.LEFT if number == 2 else Subscription.State.ACTIVE,
            left_at=NOON if number == 2 else None,
            left_edition=edition if number == 2 else None,
        )
        Delivery.objects.create(
            edition=edition,
            reader=reader,
            copy=copy,
            address=reader.email,
            domain="reader.example",
            state=state,
            due_at=NOON,
        )
    ClicksOnArticle.objects.create(edition=edition, article=page, people=2, machines=9)
    edition.number = 7
    edition.frozen_at = NOON
    return sent(edition, at=NOON)


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
    assert text.count('<svg class="plot"') == 2
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


@pytest.fixture
def under_way(edition_sent):
    Edition.objects.filter(pk=edition_sent.pk).update(state=EditionState.SENDING)
    Delivery.objects.filter(state=State.FAILED).update(state=State.IN_DOUBT)
    edition_sent.refresh_from_db()
    return edition_sent


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
