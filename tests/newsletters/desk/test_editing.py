"""The screens of newsletters: who gets in, what is kept, what goes out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from masthead.accounts.grants import collection_for
from masthead.accounts.models import Role
from masthead.mail.models import Letter
from masthead.newsletters.blocks import clean_blocks
from masthead.newsletters.models import (
    Edition,
    EditionState,
    Newsletter,
    Pace,
)
from tests.factories import NOON, a_person, a_picture, an_outlet, at_desk
from tests.newsletters.desk.screens import arrange, url

pytestmark = pytest.mark.usefixtures("clock")


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
    ours = collection_for(edition.newsletter.outlet)
    given = [
        {**block, "picture": a_picture(description="", collection=ours).pk}
        if "picture" in block
        else block
        for block in blocks
    ]

    told = arrange(desk, edition, given, **fields).json()

    assert any(words in each["words"] for each in told["problems"]), told["problems"]


def test_a_picture_of_another_title_is_refused_and_one_that_stands_there_stays(edition, desk):
    other = a_picture(collection=collection_for(an_outlet(slug="gazette", title="The Gazette")))
    block = {"kind": "picture", "picture": other.pk}

    refused = arrange(desk, edition, [block])
    Edition.objects.filter(pk=edition.pk).update(blocks=clean_blocks([block]))
    stays = arrange(desk, edition, [block])

    assert "another title" in refused.json()["error"]
    assert stays.status_code == 200


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
