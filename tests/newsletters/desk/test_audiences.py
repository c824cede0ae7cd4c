"""For whom of a list an edition is."""

import pytest

from masthead.mail.models import State
from masthead.newsletters.actions.building import build_edition
from masthead.newsletters.audiences import read_audience
from masthead.newsletters.models import Delivery, Edition, EditionState, LeftOut, Pace, Subscription
from masthead.newsletters.sending.freezing import FROZEN, count_listed, freeze
from masthead.newsletters.sending.troubles import Trouble
from masthead.readers.actions import label_reader
from masthead.readers.models import Label, Reader, Segment
from tests.factories import NOON
from tests.newsletters.desk.screens import said, url
from tests.newsletters.sending.lists import copies

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def founders(evening):
    """Two of three readers on the list."""
    for name in ("cy", "di", "ed"):
        reader = Reader.objects.create(
            email=f"{name}@reader.example", joined_at=NOON, proved_at=NOON
        )
        Subscription.objects.create(newsletter=evening, reader=reader, joined_at=NOON)
        if name != "ed":
            label_reader(reader=reader, name="Founder")
    rules = [{"rule": "label", "value": str(Label.objects.get().pk)}]
    return Segment.objects.create(name="Founders", rules=rules, made_at=NOON)


def test_an_editor_chooses_a_part_and_sees_how_many_that_are(desk, edition, founders):
    desk.post(url("audience", edition.pk), {"audience": str(founders.public_id)})

    edition.refresh_from_db()
    assert edition.segment == {"segment": str(founders.public_id), "name": "Founders"}
    screen, waiting = (
        desk.get(url(name, *which)) for name, which in [("edition", [edition.pk]), ("outlet", [])]
    )
    assert screen.context["plan"]["recipients"] == 2
    assert "For: Founders" in screen.content.decode()
    assert [each.recipients for each in waiting.context["waiting"]] == [2]
    freeze(edition, copies(edition, at=NOON), at=NOON)
    assert Delivery.objects.filter(edition=edition, state=State.PENDING).count() == 2
    edition.refresh_from_db()
    assert (edition.counts[FROZEN], edition.counts[LeftOut.SEGMENT]) == (2, 1)


def test_on_its_way_it_is_for_whom_it_is(desk, edition, founders):
    Edition.objects.update(state=EditionState.SENDING)

    desk.post(url("audience", edition.pk), {"audience": str(founders.public_id)})

    edition.refresh_from_db()
    assert edition.segment is None


def test_a_recipes_editions_begin_with_its_part(desk, evening, page, founders):
    desk.post(
        url("change", evening.pk),
        {
            "name": evening.name,
            "slug": evening.slug,
            "promise": evening.promise,
            "pace": Pace.HELD,
            "days": ["0"],
            "hour": "18:00",
            "recipe": '[{"step": "newest", "most": 3}]',
            "audience": str(founders.public_id),
        },
    )
    evening.refresh_from_db()

    built = build_edition(newsletter=evening, slot=NOON, at=NOON)

    assert built.segment == evening.audience == read_audience(str(founders.public_id))


def test_a_part_that_is_kept_no_longer_is_never_taken_for_everybody(desk, edition, founders):
    edition.segment = read_audience(str(founders.public_id))
    edition.save()
    founders.delete()

    with pytest.raises(Trouble, match="“Founders”, is kept no longer"):
        count_listed(edition, at=NOON)
    screen = desk.get(url("edition", edition.pk))
    assert "Founders (kept no longer)" in screen.content.decode()
    desk.post(url("schedule", edition.pk), {"now": "1"})
    edition.refresh_from_db()
    assert edition.state == EditionState.DRAFT
    assert said(desk, url("outlet")) == [
        "The part of the readers that it is for, “Founders”, is kept no longer."
    ]
