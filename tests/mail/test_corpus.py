"""The corpus of messages that come back, and how many of them are understood."""

from collections import Counter
from collections.abc import Callable

import pytest

from masthead.mail.incoming.reading import read_message
from tests.mail.corpus import Labelled, held_out, written


def wrong(messages: list[Labelled]) -> list[str]:
    found = []
    for each in messages:
        first = read_message(each.raw)[0]
        if (first.kind, first.address) != (each.kind, each.address or first.address):
            found.append(f"{each.kind} taken as {first.kind} <{first.address}>: {each.made_by}")
    return found


@pytest.mark.parametrize("part", [written, held_out])
def test_98_of_100_are_understood(part: Callable[[], list[Labelled]], capsys):
    messages = part()

    mistakes = wrong(messages)

    share = 100 * (1 - len(mistakes) / len(messages))
    kinds = dict(Counter(each.kind for each in messages))
    with capsys.disabled():
        print(f"\n{part.__name__}: {share:.1f} % of {len(messages)} {kinds}")
    assert (share >= 98, mistakes if share < 98 else []) == (True, [])


def test_the_corpus_has_hundreds_of_messages_and_none_twice():
    messages = [each.raw for each in written() + held_out()]

    assert (len(messages) >= 200, len(set(messages))) == (True, len(messages))
