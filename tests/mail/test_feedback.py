"""What came back: written down once, with its effect at once, and told upwards."""

from datetime import timedelta
from typing import Any

import pytest

from masthead.mail import feedback as registry
from masthead.mail.actions import lift_suppression
from masthead.mail.feedback import Came, Ledger, note_feedback
from masthead.mail.models import Feedback, Letter, State, Suppression
from tests.factories import NOON
from tests.mail.conftest import CY

Kind = Feedback.Kind


def came(kind: Kind, key: str = "m:1", **more: Any) -> Came:
    return Came(**{"key": key, "kind": kind, "about": "e:mailgun", "address": CY} | more)


def note(each: Came, at: Any = NOON) -> Feedback | None:
    return note_feedback(came=each, way_in="mailgun", at=at)


def suppressed() -> dict[str, str]:
    return dict(Suppression.objects.values_list("address", "reach"))


@pytest.mark.parametrize(
    ("kind", "effect"),
    [
        (Kind.HARD, {CY: "all"}),
        (Kind.COMPLAINT, {CY: "letters"}),
        (Kind.SOFT, {}),
        (Kind.MACHINE, {}),
        (Kind.LEFT, {}),
        (Kind.OTHER, {}),
    ],
)
def test_what_came_back_has_its_effect_at_once(db, kind, effect):
    note(came(kind, address="CY@Reader.example"))

    assert suppressed() == effect


def test_the_same_thing_read_twice_counts_once(db):
    first, second = note(came(Kind.HARD)), note(came(Kind.HARD), NOON + timedelta(days=1))

    assert (first is not None, second, Feedback.objects.count()) == (True, None, 1)


def test_what_proves_nothing_is_kept_and_has_no_effect(db, monkeypatch):
    heard: list[Feedback] = []
    monkeypatch.setitem(registry._listeners, "test", heard.append)

    note(came(Kind.HARD, about=""))

    assert (Feedback.objects.count(), suppressed(), heard) == (1, {}, [])


def test_a_bounce_is_about_whom_the_mail_went_to_whatever_it_says(a_letter):
    letter = a_letter()

    note(came(Kind.HARD, about=f"l:{letter.pk}", address="somebody@else.example"))

    assert suppressed() == {CY: "all"}


def test_a_letter_that_came_back_is_not_called_accepted_any_more(a_letter):
    letter = a_letter()
    Letter.objects.filter(pk=letter.pk).update(state=State.ACCEPTED)

    note(came(Kind.HARD, about=f"l:{letter.pk}", detail="550 no such user"))

    letter.refresh_from_db()
    assert (letter.state, letter.answer) == (State.FAILED, "550 no such user")


@pytest.mark.parametrize(
    ("days", "effect"),
    [
        ([0, 1, 2, 3], {}),
        ([0, 1, 2, 3, 4], {CY: "letters"}),
        ([0, 0, 0, 0, 0, 0], {}),  # one bad afternoon
        ([0, 10, 20, 31, 41], {}),  # not within a month
    ],
)
def test_soft_bounces_count_when_they_go_on(db, days, effect):
    for number, day in enumerate(days):
        note(came(Kind.SOFT, f"m:{number}"), NOON + timedelta(days=day))

    assert suppressed() == effect


def test_the_wider_reach_stays(db):
    note(came(Kind.COMPLAINT, "m:1"))
    note(came(Kind.HARD, "m:2"))
    note(came(Kind.COMPLAINT, "m:3"))

    assert suppressed() == {CY: "all"}


def test_after_a_suppression_is_lifted_old_soft_bounces_do_not_count(db, ada):
    for day in range(5):
        note(came(Kind.SOFT, f"m:{day}"), NOON + timedelta(days=day))
    lift_suppression(suppression=Suppression.objects.get(), why="the mailbox was full", by=ada)

    note(came(Kind.SOFT, "m:9"), NOON + timedelta(days=6))

    assert suppressed() == {}


def test_a_mail_is_found_by_what_a_server_calls_it(a_letter):
    letter = a_letter()

    found = [
        registry.find_about(name)
        for name in (f"{letter.public_id}@x.example", f"l.{letter.public_id}", "81@elsewhere")
    ]
    assert found == [f"l:{letter.pk}", f"l:{letter.pk}", ""]


def test_features_above_hear_of_it_once(db, monkeypatch):
    heard: list[str] = []
    monkeypatch.setitem(registry._listeners, "test", lambda each: heard.append(each.kind))

    note(came(Kind.COMPLAINT))
    note(came(Kind.COMPLAINT))

    assert heard == ["complaint"]


def test_names_in_the_registries_are_taken_once(monkeypatch):
    monkeypatch.setattr(registry, "_listeners", {"newsletters": print})

    with pytest.raises(ValueError, match="listens already"):
        registry.register_listener("newsletters", print)
    with pytest.raises(ValueError, match="taken"):
        registry.register_ledger(Ledger("l", lambda row: None, lambda name: None))
