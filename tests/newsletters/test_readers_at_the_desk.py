"""Readers at the desk: segments, labels, notes, lists in and out."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from masthead.accounts.models import Role, User
from masthead.mail.models import Letter, Reach, Suppression
from masthead.newsletters.joining.actions import Said, join, leave
from masthead.newsletters.models import Subscription
from masthead.readers import lists, segments
from masthead.readers.actions import grant_entitlement, label_reader, take_label_off
from masthead.readers.addresses import address_hash
from masthead.readers.lists import NotAList, Statement, import_readers
from masthead.readers.models import (
    Benefit,
    Consent,
    Flood,
    Forgotten,
    Import,
    Label,
    Reader,
    Segment,
)
from masthead.readers.segments import NoSuchRule, matching
from tests.factories import NOON, a_person, an_outlet, at_desk

DAY = timedelta(days=1)


@pytest.fixture
def fay(courier: object, port: object) -> User:
    """Publishes the Courier."""
    return a_person("fay", Role.PUBLISHER, courier)  # type: ignore[arg-type]


@pytest.fixture
def desk(fay: User) -> Client:
    return at_desk(fay)


def a_reader(name: str, *, at=NOON) -> Reader:
    return Reader.objects.create(email=f"{name}@courier.example", joined_at=at, proved_at=at)


def names(*rules: tuple[str, object]) -> list[str]:
    found = matching([{"rule": name, "value": str(value)} for name, value in rules])
    return sorted(each.partition("@")[0] for each in found.values_list("email", flat=True))


@pytest.fixture
def people(evening, morning, fay):
    """Cy gets the evening edition, Di pays, Ed left it and is labelled."""
    cy, di, ed = a_reader("cy"), a_reader("di", at=NOON + DAY), a_reader("ed", at=NOON + 2 * DAY)
    said = Said("port/", "mail", NOON, words="Send it.")
    join(reader=cy, newsletter=evening, said=said)
    left = join(reader=ed, newsletter=evening, said=said)
    leave(subscription=left, through="link", said=said)
    grant_entitlement(reader=di, benefit=Benefit.AD_FREE, by=fay, at=NOON)
    for _twice in range(2):
        label_reader(reader=ed, name="  Founding   member ")
    return cy, di, ed


def test_segments_are_who_fits_every_rule(people, evening, morning, courier):
    label = Label.objects.get()

    assert names() == ["cy", "di", "ed"]
    assert names(("gets", evening.pk)) == ["cy"]
    assert names(("gets-not", evening.pk)) == ["di", "ed"]
    assert names(("gets", morning.pk)) == []
    assert names(("label", label.pk)) == ["ed"]
    assert names(("benefit", "ad-free")) == ["di"]
    assert names(("no-benefit", "ad-free")) == ["cy", "ed"]
    assert names(("agreed-at", courier.pk)) == ["cy", "ed"]
    assert names(("joined-since", "2026-11-17")) == ["di", "ed"]
    assert names(("joined-since", "2026-11-17"), ("joined-before", "2026-11-18")) == ["di"]
    assert names(("label", label.pk), ("gets", evening.pk)) == []


def test_a_segment_stands_in_a_subquery_and_counts_nobody_twice(people, evening):
    join(reader=people[0], newsletter=evening, said=Said("", "mail", NOON))

    found = Reader.objects.filter(pk__in=matching([{"rule": "gets", "value": str(evening.pk)}]))

    assert found.count() == 1


@pytest.mark.parametrize("rule", [("gone", "1"), ("label", "x"), ("joined-since", "soon")])
def test_a_rule_nobody_knows_fits_nobody_by_mistake(db, rule):
    with pytest.raises(NoSuchRule):
        matching([{"rule": rule[0], "value": rule[1]}])


def test_every_rule_has_its_field_in_the_builder(people):
    form = segments.SegmentForm({})

    assert list(form.fields) == ["name", *(rule.name for rule in segments.rules())]


def test_a_segment_is_counted_and_kept(desk, people, evening):
    rules = {"gets": str(evening.pk)}

    counted = desk.post("/desk/readers/segments/", rules | {"count": ""})
    kept = desk.post("/desk/readers/segments/", rules | {"keep": "1", "name": "Evening"})

    assert "1 reader" in counted.content.decode()
    assert kept.status_code == 302
    assert Segment.objects.get().rules == [{"rule": "gets", "value": str(evening.pk)}]
    assert b"cy@courier.example" in desk.get(kept["Location"]).content


def test_a_label_that_nobody_has_any_more_goes(people):
    ed = people[2]

    take_label_off(reader=ed, label=ed.labels.get())

    assert Label.objects.count() == 0


def test_labels_and_notes_are_written_at_a_readers_page(desk, people):
    cy = people[0]
    page = f"/desk/readers/{cy.public_id}/"

    desk.post(f"{page}label/", {"name": "Sailor"})
    desk.post(f"{page}note/", {"text": "Rang about the ferry."})
    body = desk.get(page).content.decode()

    for shown in ("Sailor", "Rang about the ferry.", "Send it.", "The Evening Courier"):
        assert shown in body
    assert set(ModelLogEntry.objects.values_list("action", flat=True)) >= {
        "readers.label",
        "readers.note",
    }


def test_an_address_that_is_not_to_be_written_to_is_shown_as_such(desk, people):
    Suppression.objects.create(
        address="cy@courier.example", reach=Reach.ALL, reason="bounced", since=NOON
    )

    assert "Mail came back" in desk.get(f"/desk/readers/{people[0].public_id}/").content.decode()


def test_a_flood_is_told_at_the_desks_home_to_those_who_may_see_readers(desk, bo):
    now = timezone.now()
    Flood.objects.create(kind="joining", began_at=now, last_at=now, kept_back=7)

    assert "7 mails were kept back" in desk.get("/desk/").content.decode()
    assert "kept back" not in at_desk(bo).get("/desk/").content.decode()


# Lists


def bring_in(fay: User, text: str, **more: object) -> Import:
    return import_readers(
        file_name="list.csv",
        data=text.encode(),
        statement=Statement(fay, date(2026, 3, 1), "Signed at the fair, for the evening edition."),
        at=NOON,
        **more,  # type: ignore[arg-type]
    )


def test_a_list_is_brought_in_line_by_line(fay, people, evening):
    Suppression.objects.create(
        address="hard@one.example", reach=Reach.ALL, reason="bounced", since=NOON
    )
    Forgotten.objects.create(address_hash=address_hash("gone@one.example"), since=NOON)

    brought = bring_in(
        fay,
        "email,name\nnew@one.example,Nell\n\nCY@courier.example,\ned@courier.example,\nnobody,\n"
        "hard@one.example,\ngone@one.example,\nnew@one.example,\n",
        target=f"newsletter:{evening.pk}",
        label="Fair",
    )

    assert brought.lines == [
        [2, "new@one.example", "joined"],
        [4, "cy@courier.example", "on-it"],
        [5, "ed@courier.example", "has-left"],
        [6, "nobody", "unreadable"],
        [7, "hard@one.example", "suppressed"],
        [8, "gone@one.example", "forgotten"],
        [9, "new@one.example", "on-it"],
    ]
    assert brought.counts["on-it"] == 2
    assert Letter.objects.count() == 0


def test_what_the_newsroom_states_is_kept_with_each(fay, evening):
    bring_in(fay, "email\nnew@one.example\n", target=f"newsletter:{evening.pk}")

    kept = Consent.objects.order_by("pk").values_list("what", "words", "proof", "detail")
    stated = ("Signed at the fair, for the evening edition.", "import", f"{fay.email}, 2026-03-01")
    assert list(kept) == [("list", *stated), (f"newsletter:{evening.public_id}", *stated)]
    assert Reader.objects.get().proved_at.date() == date(2026, 3, 1)


def test_the_same_list_again_changes_nothing(fay, evening):
    for _twice in range(2):
        bring_in(fay, "email\nnew@one.example\n", target=f"newsletter:{evening.pk}")

    assert (Reader.objects.count(), Consent.objects.count(), Subscription.objects.count()) == (
        1,
        2,
        1,
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"name\nNell\n",
        b"email\n\xff\xfe\n",
        b"a" * (lists.MOST_BYTES + 1),
        b'email,"' + b"a" * 200_000,
        b"email,name\na@b.example,\0\n",
    ],
)
def test_what_is_no_list_is_refused_before_anything_is_written(fay, data):
    statement = Statement(fay, date(2026, 3, 1), "At the fair.")

    with pytest.raises(NotAList):
        import_readers(file_name="x", data=data, statement=statement, at=NOON)

    assert Reader.objects.count() == 0


def test_nobody_fills_the_list_of_another_title(fay, evening):
    stranger = a_person("gil", Role.PUBLISHER, an_outlet(slug="echo", title="Echo"))
    target = f"newsletter:{evening.pk}"

    bring_in(stranger, "email\nnew@one.example\n", target=target)

    assert [target] == [value for value, _label in lists.targets(fay)]
    assert lists.targets(stranger) == []
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_lists_of_other_programs_are_read(fay, mark):
    bring_in(fay, f"\ufeffName{mark}E-Mail{mark}Email\nNell{mark}x{mark}new@one.example\n")

    assert Reader.objects.get().name == "Nell"


def test_a_list_is_brought_in_at_the_desk_with_a_statement(desk, evening):
    def send(**fields: str) -> object:
        file = SimpleUploadedFile("list.csv", b"email\nnew@one.example\n", "text/csv")
        return desk.post("/desk/readers/import/", {"file": file} | fields)

    stated = {"agreed_on": "2026-03-01", "agreed_how": "At the fair.", "stands_for_it": "on"}
    without = send()
    done = send(**stated)

    assert (without.status_code, done.status_code) == (200, 302)
    assert "new@one.example" in desk.get(done["Location"]).content.decode()


def test_an_export_is_noted_and_runs_nothing_in_a_spreadsheet(desk, people):
    Reader.objects.filter(email="cy@courier.example").update(name="=HYPERLINK(1)")

    answer = desk.post("/desk/readers/export/")
    text = b"".join(answer.streaming_content).decode()

    assert text.splitlines()[1].startswith("cy@courier.example,'=HYPERLINK(1),2026-11-16T")
    entry = ModelLogEntry.objects.get(action="readers.export")
    assert entry.data == {"of": "all", "readers": 3}


def test_exporting_and_bringing_in_are_for_publishers(ada, evening):
    editor = at_desk(ada)

    for path in ("export/", "import/", "segments/"):
        answer = editor.post(f"/desk/readers/{path}")
        assert (answer.status_code, path) == (302, path)
        assert answer["Location"] == "/desk/"


def test_an_address_by_hand_is_kept_in_its_one_form(desk):
    desk.post("/desk/readers/", {"email": " New@One.Example "})

    assert Reader.objects.get().email == "new@one.example"
