"""What comments cost those who read them."""

import gzip
from pathlib import Path

import masthead.comments

STATIC = Path(masthead.comments.__file__).parent / "static"


def test_the_scripts_of_comments_take_eight_kilobytes_at_most_as_they_are_sent() -> None:
    scripts = [each.read_bytes() for each in STATIC.rglob("*.mjs")]

    assert 0 < sum(len(gzip.compress(each)) for each in scripts) <= 8_000
