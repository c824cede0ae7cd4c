"""The rules of the network, an outlet, a section and an article, as the desk sets them."""

from typing import Any

import pytest

from masthead.accounts.models import User
from masthead.articles.models import PublishedArticle
from masthead.comments.actions.policies import set_policy
from masthead.comments.desk.places import in_words
from masthead.comments.models import Policy, Scorer, WordList
from masthead.comments.pipeline import Draft, Facts, judge
from masthead.comments.rules import Rules, resolve
from masthead.outlets.models import Outlet, Section
from masthead.readers.models import Reader
from tests.comments.conftest import Saying
from tests.factories import NOON, at_desk


@pytest.mark.parametrize(
    ("scorer", "score", "phase"),
    [
        (Scorer.STRICT, 0.61, "scorer"),
        (Scorer.USUAL, 0.61, "nothing-against"),
        (Scorer.USUAL, 0.76, "scorer"),
        (Scorer.LENIENT, 0.89, "nothing-against"),
        (Scorer.LENIENT, 0.91, "scorer"),
        (Scorer.OFF, 0.99, "nothing-against"),
    ],
)
def test_how_much_the_scorer_holds_is_a_rule_of_the_place(
    scorer: Scorer, score: float, phase: str
) -> None:
    facts = Facts(Rules(who="address", mode="open", scorer=scorer), NOON, scored=score)

    assert judge(Draft("Words.", "<p>Words.</p>", "f", NOON), facts).phase == phase


def test_the_narrower_place_goes_before_and_leaves_the_rest_open() -> None:
    rules = resolve({"slow_seconds": 30}, {"who": "members"}, {"who": "address", "scorer": "off"})

    assert (rules.who, rules.slow_seconds, rules.scorer) == ("members", 30, "off")
    assert "a comment in 30 seconds" in in_words(rules)
    assert in_words(Rules()) == ["Nobody"]


def test_an_article_is_found_by_its_address_and_closed_for_itself(
    place: PublishedArticle, say: Saying, eve: Reader, ada: User, courier: Outlet, read: Any
) -> None:
    say(eve, "Before.")
    desk = at_desk(ada)

    found = desk.get(f"/desk/comments/rules/?outlet=courier&find=http://x/courier/{place.path}")
    form = desk.get(found["Location"]).content.decode()
    desk.post(found["Location"], {"who": "nobody", "live": "unknown"})

    assert found["Location"].endswith(f"outlet=courier&article={place.public_id}")
    assert ("Not set here (Anyone with a confirmed address)" in form, "banned" in form) == (
        True,
        False,
    )
    assert Policy.objects.get(published=place).who == "nobody"
    assert "Comments on this article are closed." in read(place.path).content.decode()
    assert place.headline in desk.get("/desk/comments/rules/").content.decode()


def test_the_networks_rules_are_for_those_of_the_whole_network(
    olga: User, ada: User, courier: Outlet
) -> None:
    given = {"mode": "all-held", "live": "unknown", "banned": "zanzibar", "scorer": "off"}

    answer = at_desk(olga).post("/desk/comments/rules/?outlet=*", given)

    assert answer.status_code == 302
    assert Policy.objects.get(place="network").scorer == "off"
    assert WordList.objects.get(outlet=None, kind="banned").words == "zanzibar"
    assert at_desk(ada).get("/desk/comments/rules/?outlet=*").status_code == 404


def test_a_section_shows_what_its_title_says(ada: User, courier: Outlet, port: Section) -> None:
    set_policy(where=courier, by=ada, at=NOON, who="members")

    page = at_desk(ada).get(f"/desk/comments/rules/?outlet=courier&section={port.pk}")

    assert "Not set here (Members)" in page.content.decode()
