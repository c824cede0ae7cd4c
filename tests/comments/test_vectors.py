"""Nothing of hundreds of ways to run a script gets through. In a browser: `tests.journeys`."""

from benchmarks.faults.markdown import look
from masthead.comments.text import printed, tidy
from tests.comments.vectors import vectors


def test_there_are_hundreds() -> None:
    assert len(vectors()) >= 500


def test_none_comes_out_as_anything_but_our_own_tags() -> None:
    wrong = {text: found for text in vectors() if (found := look(printed(tidy(text))))}

    assert wrong == {}
