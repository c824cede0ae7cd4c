"""Our own scorer learns from the desk; those of others have a time limit and may fail."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest

from masthead.accounts.models import User
from masthead.comments import scorers
from masthead.comments.actions.deciding import reject_comment
from masthead.comments.models import Learned, LearnedWord, State
from masthead.comments.scorers import Asked, NoAnswer, others_score
from masthead.comments.scoring import learn, likeness, own_score
from masthead.core.outbound import Answer, TooSlow
from masthead.outlets.sheet import Sheet
from masthead.readers.models import Reader
from tests.comments.conftest import Saying
from tests.factories import NOON

ASKED = Asked("Cheap watches", "en", "https://courier.example", "203.0.113.9")
Answering = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Answering:
    def set_up(scorer: str, status: int = 200, content: bytes = b"", **more: Any) -> Any:
        asked: list[dict[str, Any]] = []

        def fetch(url: str, **given: Any) -> Answer:
            asked.append({"url": url, **given})
            if more.get("fails"):
                raise TooSlow("Too slow.")
            return Answer(status, {}, content, url)

        monkeypatch.setattr(scorers, "fetch", fetch)
        fails = {"comment_scorer": scorer, "comment_scorer_fails": more.get("then", "hold")}
        settings.OPERATOR = settings.OPERATOR | fails
        return asked

    return set_up


def test_words_of_what_was_refused_weigh_against() -> None:
    known = {"cheap": (0, 9), "harbour": (9, 0)}

    spam = likeness({"cheap": known["cheap"]}, approved=20, refused=20)
    ham = likeness({"harbour": known["harbour"]}, approved=20, refused=20)

    assert spam > 0.9
    assert ham < 0.1
    assert likeness({}, approved=20, refused=20) == 0.5


def test_it_has_no_opinion_before_it_has_seen_enough(courier_sheet: Sheet) -> None:
    learn([("cheap watches", True)] * 19 + [("the harbour board", False)] * 30, language="en")
    before = own_score("cheap watches", sheet=courier_sheet)

    learn([("cheap watches", True)], language="en")

    assert before is None
    assert own_score("cheap watches", sheet=courier_sheet) > 0.95  # type: ignore[operator]
    assert own_score("the harbour", sheet=courier_sheet) < 0.1  # type: ignore[operator]


def test_each_decision_teaches(say: Saying, eve: Reader, ada: User) -> None:
    said = say(eve, "Cheap watches")

    reject_comment(comment=said, by=ada, at=NOON, reason="spam")

    assert Learned.objects.get(language="en").refused == 1
    assert LearnedWord.objects.get(word="watch").refused == 1


def test_a_scorer_over_http_is_asked_signed_and_briefly(answering: Answering) -> None:
    asked = answering("http https://scorer.example/x key", content=b'{"score": 0.8}')

    score = others_score(ASKED)

    body = asked[0]["body"]
    signature = hmac.new(b"key", body, hashlib.sha256).hexdigest()
    assert score == 0.8
    assert asked[0]["headers"]["X-Masthead-Signature"] == f"sha256={signature}"
    assert json.loads(body)["text"] == "Cheap watches"
    assert asked[0]["timeout_seconds"] <= 0.8


@pytest.mark.parametrize(("content", "score"), [(b"true", 0.99), (b"false", 0.01)])
def test_akismet_says_yes_or_no(answering: Answering, content: bytes, score: float) -> None:
    asked = answering("akismet abc", content=content)

    assert others_score(ASKED) == score
    assert b"api_key=abc" in asked[0]["body"]


def test_no_opinion_and_no_scorer_are_no_score(answering: Answering) -> None:
    answering("http https://scorer.example/x", status=204)
    without_opinion = others_score(ASKED)
    answering("")

    assert (without_opinion, others_score(ASKED)) == (None, None)


@pytest.mark.parametrize(
    ("scorer", "status", "content"),
    [("http https://s.example/", 500, b""), ("http https://s.example/", 200, b"?"),
     ("http https://s.example/", 200, b'{"score": 7}'), ("akismet abc", 200, b"invalid")],
)  # fmt: skip
def test_an_odd_answer_is_none(
    answering: Answering, scorer: str, status: int, content: bytes
) -> None:
    answering(scorer, status=status, content=content)

    with pytest.raises(NoAnswer):
        others_score(ASKED)


@pytest.mark.parametrize(("then", "state"), [("hold", State.HELD), ("open", State.APPROVED)])
def test_the_setting_says_what_happens_when_it_fails(
    answering: Answering, say: Saying, eve: Reader, then: str, state: str
) -> None:
    answering("http https://scorer.example/x", fails=True, then=then)

    assert say(eve, "Words, words.").state == state


def test_what_it_calls_spam_is_held(answering: Answering, say: Saying, eve: Reader) -> None:
    answering("http https://scorer.example/x", content=b'{"score": 0.97}')

    said = say(eve, "Words, words.")

    assert (said.state, said.reason, said.score) == (State.HELD, "looks-like-spam", 0.97)


def test_it_is_not_asked_about_what_is_not_taken(
    answering: Answering, say: Saying, eve: Reader
) -> None:
    asked = answering("http https://scorer.example/x", content=b'{"score": 0}')

    with pytest.raises(Exception, match="too long"):
        say(eve, "x" * 6_000)

    assert asked == []
