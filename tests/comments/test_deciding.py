"""What moderators do, two at once, and the way back."""

from datetime import timedelta
from typing import Any

import pytest

from masthead.accounts.models import Role, User
from masthead.articles.models import PublishedArticle
from masthead.comments.actions.banning import ban, lift_ban
from masthead.comments.actions.changing import delete_comment
from masthead.comments.actions.deciding import (
    AlreadyDecided,
    approve_comment,
    pick_comment,
    reject_comment,
    remove_branch,
)
from masthead.comments.actions.policies import set_policy
from masthead.comments.actions.posting import prove_comment
from masthead.comments.actions.speaking_up import Notice, report_comment, respect_comment
from masthead.comments.actions.undoing import CannotUndo, undo_decision
from masthead.comments.jobs import follow_articles
from masthead.comments.models import Comment, Decision, House, Person, Report, State, Thread
from masthead.comments.queries import decision_that_hides
from masthead.outlets.models import Outlet
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader
from tests.comments.conftest import Saying, a_reader
from tests.factories import NOON, a_person, an_outlet, at_desk

LATER = NOON + timedelta(minutes=5)


def test_of_two_moderators_one_wins_and_the_other_is_told_who(
    say: Saying, eve: Reader, ada: User, courier: Outlet
) -> None:
    set_policy(where=courier, by=ada, at=NOON, mode="all-held")
    held = say(eve, "What now?")
    ida = a_person("ida", Role.EDITOR, courier)
    approve_comment(comment=held, by=ada, at=LATER, seen_as="held")

    with pytest.raises(AlreadyDecided, match="Ada was faster") as told:
        reject_comment(comment=held, by=ida, at=LATER, reason="other", seen_as="held")

    held.refresh_from_db()
    assert (held.state, told.value.by) == (State.APPROVED, "Ada")


def test_rejecting_says_why_with_a_statement_of_reasons(
    say: Saying, eve: Reader, ada: User
) -> None:
    said = say(eve, "You fool.")

    decision = reject_comment(comment=said, by=ada, at=LATER, reason="offensive", words="Be kind.")

    assert decision.statement["restriction"] == "removal"
    assert (decision.statement["ground"], decision.statement["decided"]) == ("terms", "person")
    assert (decision.reason, decision.words) == ("offensive", "Be kind.")


def test_spam_has_no_statement(say: Saying, eve: Reader, ada: User) -> None:
    said = say(eve, "Cheap watches.")

    decision = reject_comment(comment=said, by=ada, at=LATER, reason="spam")

    assert decision.statement == {}


def test_everything_can_be_undone_once(say: Saying, eve: Reader, ada: User) -> None:
    said = say(eve, "Fine words.")
    decision = reject_comment(comment=said, by=ada, at=LATER, reason="other")

    undo_decision(decision=decision, by=ada, at=LATER)
    said.refresh_from_db()

    assert said.state == State.APPROVED
    with pytest.raises(CannotUndo):
        undo_decision(decision=decision, by=ada, at=LATER)


def test_what_somebody_changed_since_is_not_undone(say: Saying, eve: Reader, ada: User) -> None:
    said = say(eve, "Fine words.")
    first = reject_comment(comment=said, by=ada, at=LATER, reason="other")
    approve_comment(comment=said, by=ada, at=LATER)

    with pytest.raises(CannotUndo):
        undo_decision(decision=first, by=ada, at=LATER)


def test_a_branch_goes_with_all_its_answers_and_comes_back(
    place: PublishedArticle, say: Saying, eve: Reader, ada: User
) -> None:
    first = say(eve, "First.")
    answer = say(a_reader("Fay"), "An answer.", parent=first)
    say(eve, "To the answer.", parent=answer)
    say(eve, "Another branch.")

    decision = remove_branch(comment=first, by=ada, at=LATER, reason="off-topic")
    thread = Thread.objects.get()
    shown_without = (thread.shown, [each["id"] for each in thread.first["branches"]])
    undo_decision(decision=decision, by=ada, at=LATER)

    assert decision.number == 3
    assert (shown_without[0], len(shown_without[1])) == (1, 1)
    assert Thread.objects.get().shown == 4


@pytest.mark.parametrize("first", ["lift the ban", "undo the removal"])
def test_what_a_ban_hides_in_a_branch_that_is_removed_comes_back_with_the_last_of_both(
    say: Saying, eve: Reader, ada: User, first: str
) -> None:
    begun = say(eve, "First.")
    fay = a_reader("Fay")
    answer = say(fay, "An answer.", parent=begun)
    say(eve, "To the answer.", parent=answer)
    counted = House.objects.values().get()
    made = ban(by=ada, at=LATER, reason="spam", reader=fay, hides=True)
    removal = remove_branch(comment=begun, by=ada, at=LATER, reason="off-topic")
    steps = [
        lambda: lift_ban(ban=made, by=ada, at=LATER),
        lambda: undo_decision(decision=removal, by=ada, at=LATER),
    ]

    answer.refresh_from_db()
    hides = decision_that_hides(answer)
    seen = []
    for step in steps if first == "lift the ban" else reversed(steps):
        step()
        answer.refresh_from_db()
        seen.append((answer.state, Thread.objects.get().shown))

    assert hides == removal
    assert seen == [(State.REMOVED, 0 if first == "lift the ban" else 2), (State.APPROVED, 3)]
    assert Person.objects.get(reader=fay).approved == 1
    assert House.objects.values().get() | {"new": 0} == counted | {"new": 0}


def test_a_ban_that_is_lifted_leaves_alone_what_its_author_deleted(
    say: Saying, eve: Reader, ada: User
) -> None:
    said = say(eve, "First.")
    made = ban(by=ada, at=LATER, reason="spam", reader=eve, hides=True)
    delete_comment(comment=said, reader=eve, at=LATER)

    lift_ban(ban=made, by=ada, at=LATER)

    said.refresh_from_db()
    assert (said.state, Thread.objects.get().shown) == (State.DELETED, 0)
    assert (Person.objects.get().approved, Person.objects.get().rejected) == (0, 0)


def test_an_answer_confirmed_after_its_branch_was_removed_is_not_shown(
    say: Saying, courier_sheet: Sheet, eve: Reader, ada: User
) -> None:
    first = say(eve, "First.")
    late = say(a_reader("Fay"), "An answer.", parent=first, is_proved=False)
    remove_branch(comment=first, by=ada, at=LATER, reason="off-topic")

    late = prove_comment(comment=late, sheet=courier_sheet, at=LATER)

    assert (late.state, late.reason, late.has_place) == (State.REJECTED, "gone", False)
    assert Thread.objects.get().shown == 0


def test_a_pick_stands_out(say: Saying, eve: Reader, ada: User) -> None:
    said = say(eve, "Worth reading.")

    pick_comment(comment=said, by=ada, at=LATER)

    assert Thread.objects.get().first["branches"][0]["pick"] is True
    assert House.objects.get().picks == 1


def test_reports_bring_it_to_the_queue_and_approving_dismisses_them(
    say: Saying, eve: Reader, ada: User
) -> None:
    said = say(eve, "Hm.")
    report_comment(
        comment=said, notice=Notice("offensive", "rude"), reader=a_reader("Fay"), at=NOON
    )
    counted = House.objects.get().reported

    approve_comment(comment=said, by=ada, at=LATER)

    assert (counted, House.objects.get().reported) == (1, 0)
    assert Report.objects.get().state == Report.State.DISMISSED


def test_several_readers_reports_hold_it_until_somebody_looks(say: Saying, eve: Reader) -> None:
    said = say(eve, "Hm.")
    for number in range(5):
        report_comment(comment=said, notice=Notice("hate"), reader=a_reader(f"R{number}"), at=NOON)

    said.refresh_from_db()

    assert (said.state, said.reason) == (State.HELD, "reported")


def test_notices_without_an_account_never_take_it_away(say: Saying, eve: Reader) -> None:
    said = say(eve, "Hm.")
    for _ in range(9):
        report_comment(
            comment=said,
            notice=Notice("illegal", "It is a threat.", law="§ 241"),
            reader=None,
            at=NOON,
        )

    said.refresh_from_db()

    assert (said.state, said.reports) == (State.APPROVED, 9)


def test_respect_is_counted_once_a_reader_and_can_be_taken_back(say: Saying, eve: Reader) -> None:
    said, fay = say(eve, "Well."), a_reader("Fay")

    numbers = [respect_comment(comment=said, reader=fay, at=NOON) for _ in range(3)]

    assert numbers == [1, 0, 1]


def test_the_desk_shows_the_queue_and_decides(
    say: Saying, eve: Reader, ada: User, courier: Outlet
) -> None:
    set_policy(where=courier, by=ada, at=NOON, mode="all-held")
    held = say(eve, "Waiting <b>here</b>.")
    desk = at_desk(ada)

    page = desk.get("/desk/comments/").content.decode()
    answer = desk.post(
        f"/desk/comments/{held.public_id}/approve/",
        {"seen_as": "held"},
        headers={"accept": "application/json"},
    )

    assert "Waiting &lt;b&gt;here&lt;/b&gt;." in page
    assert answer.json()["said"] == "Approved."
    assert Comment.objects.get().state == State.APPROVED
    assert desk.get("/desk/comments/counts.json").json()["held"] == 0


@pytest.mark.parametrize("name", ["", "bans/", "log/", "rules/", "?queue=all", "?queue=picks"])
def test_the_screens_open(say: Saying, eve: Reader, ada: User, name: str) -> None:
    said = say(eve, "Something.")
    reject_comment(comment=said, by=ada, at=LATER, reason="other")

    assert at_desk(ada).get(f"/desk/comments/{name}").status_code == 200


def test_moderators_of_another_outlet_find_nothing_here(say: Saying, eve: Reader) -> None:
    said = say(eve, "Only for the Courier.")
    other = an_outlet(slug="beacon", title="The Beacon")
    gus = at_desk(a_person("gus", Role.EDITOR, other))

    page: Any = gus.get("/desk/comments/?queue=all")
    answer = gus.post(f"/desk/comments/{said.public_id}/approve/")

    assert "Only for the Courier." not in page.content.decode()
    assert answer.status_code == 404


def test_a_reporter_has_no_queue(say: Saying, eve: Reader, bo: User) -> None:
    say(eve, "Something.")

    assert at_desk(bo).get("/desk/comments/").status_code in {302, 403}


def test_every_act_leaves_a_line(say: Saying, eve: Reader, ada: User) -> None:
    said = say(eve, "Fine words.")
    reject_comment(comment=said, by=ada, at=LATER, reason="other")
    approve_comment(comment=said, by=ada, at=LATER)
    pick_comment(comment=said, by=ada, at=LATER)

    acts = Decision.objects.filter(by=ada).order_by("pk").values_list("act", flat=True)

    assert list(acts) == ["reject", "approve", "pick"]


def test_a_thread_follows_its_article_to_another_outlet(
    say: Saying, eve: Reader, place: PublishedArticle, courier: Outlet
) -> None:
    say(eve, "Something.")
    beacon = an_outlet(slug="beacon", title="The Beacon")
    PublishedArticle.objects.filter(pk=place.pk).update(outlet=beacon)

    follow_articles()

    assert Comment.objects.get().outlet == beacon
    numbers = House.objects.order_by("outlet").values_list("outlet", "new", "all")
    assert list(numbers) == [(courier.pk, 0, 0), (beacon.pk, 1, 1)]
