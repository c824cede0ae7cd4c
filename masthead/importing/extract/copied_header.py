"""Where headline, byline, dates and the first sentence stand among the lines of a copied text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .bylines import read_authors
from .copied_lines import (
    TRAIL,
    is_aside,
    is_date_line,
    is_prose,
    is_sentence,
    people_of,
)
from .phrases import ends_the_article, heads_a_list, is_furniture_line, reads_as_sentence
from .site_names import reads_as_outlet

# How many lines that are not furniture may stand between a headline and the byline or the text.
REACH = 9
# An article that begins further down than this is not looked for.
MAX_TOP = 1000


@dataclass(slots=True)
class Parts:
    """Line numbers of the article's parts; -1 for what was not found."""

    lines: list[str]
    headline: int = -1
    start: int = 0
    byline: int = -1
    closing: int = -1
    dates: list[int] = field(default_factory=list)


def find_parts(lines: list[str]) -> Parts:
    parts = Parts(lines)
    first = _first_prose(lines)
    # The byline stands above the first long paragraph, or just below a long standfirst.
    window = range(min(first + 3, len(lines)))
    stamped = [i for i in window if is_date_line(lines[i])]
    named = [i for i in window if people_of(lines[i])]
    parts.byline = named[-1] if named else -1
    anchor = parts.byline if named else _date_below_headline(lines, stamped, first)
    parts.headline = _headline_line(lines, anchor if anchor > 0 else first)
    if parts.byline < 0 and stamped:
        parts.byline = _bare_name_line(lines, parts.headline, stamped[-1])
    parts.dates = [i for i in stamped if i >= parts.headline - 1 >= -1 and parts.headline >= 0]
    header_end = max([parts.headline, parts.byline, *parts.dates])
    parts.start = next(
        (i for i in range(header_end + 1, len(lines)) if _starts_text(lines, i)), header_end + 1
    )
    if parts.byline < 0:
        parts.closing = _closing_byline(lines, parts.start)
    return parts


def _first_prose(lines: list[str]) -> int:
    top = lines[:MAX_TOP]
    prose = [i for i, line in enumerate(top) if is_prose(line) and len(line.split()) > 8]
    if not prose:
        return len(lines)
    first = prose[0]
    if not any(_may_be_title(line) and not is_sentence(line) for line in lines[:first]):
        return next((i for i in prose if len(lines[i]) > 120), first)
    if len(prose) > 1 and _is_long_standfirst(lines, first, prose[1]):
        return prose[1]
    return first


def _is_long_standfirst(lines: list[str], index: int, following: int) -> bool:
    """A sentence is no text yet when the only byline or date stands just below it."""
    below = lines[index + 1 : min(following, index + 5)]
    if any(_is_stamp(line) for line in lines[:index]) or any(map(heads_a_list, below)):
        return False
    return any(_is_stamp(line) for line in below)


def _is_stamp(line: str) -> bool:
    return is_date_line(line) or bool(people_of(line))


def _starts_text(lines: list[str], index: int) -> bool:
    """A short sentence with furniture below it stands under a picture."""
    following = lines[index + 1] if index + 1 < len(lines) else ""
    line = lines[index]
    if is_prose(line):
        return True
    return is_sentence(line) and not (is_furniture_line(following) and len(line.split()) < 12)


def _date_below_headline(lines: list[str], stamped: list[int], first: int) -> int:
    """The last date line, unless the only title stands below it: then it is the site's own."""
    if not stamped:
        return -1
    stamp = stamped[-1]
    above = [i for i in _upwards(lines, stamp)[:3] if _is_full_title(lines[i])]
    below = [i for i in range(stamp + 1, first) if _is_full_title(lines[i])]
    return -1 if below and not above else stamp


def _is_full_title(line: str) -> bool:
    return _may_be_title(line) and len(line.split()) >= 4 and not line.endswith(".")


def _bare_name_line(lines: list[str], headline: int, stamp: int) -> int:
    for index in (stamp - 1, stamp + 1, stamp - 2):
        if headline < index < len(lines) and _is_bare_name(lines[index]):
            return index
    return -1


def _is_bare_name(line: str) -> bool:
    if not 5 < len(line) < 80 or is_aside(line) or is_date_line(line):
        return False
    people = read_authors(line)
    named = sum(len(str(person).split()) for person in people)
    return bool(people) and named + len(re.findall(r"\b(?:and|und|y|et)\b|&", line)) >= len(
        line.split()
    )


def _closing_byline(lines: list[str], start: int) -> int:
    """A byline below the last sentence. A name without "By" must be alone above the furniture."""
    end = next((i for i in range(start, len(lines)) if ends_the_article(lines[i])), len(lines))
    last = max((i for i in range(start, end) if is_sentence(lines[i])), default=end)
    for index in range(last + 1, min(last + 3, end)):
        line = lines[index]
        if people_of(line):
            return index
        following = lines[index + 1] if index + 1 < len(lines) else ""
        alone = not following or is_furniture_line(following)
        if index == last + 1 and alone and len(line.split()) <= 3 and _is_bare_name(line):
            return index
        if heads_a_list(line):
            return -1
    return -1


def _upwards(lines: list[str], anchor: int) -> list[int]:
    """Lines above that are not furniture, nearest first."""
    return [i for i in range(anchor - 1, -1, -1) if not is_aside(lines[i])][:REACH]


def _headline_line(lines: list[str], anchor: int) -> int:
    """Going up from the byline, or from the text: the nearest title, past a standfirst."""
    near = [i for i in _upwards(lines, anchor) if _may_be_title(lines[i])]
    unnamed = [i for i in near if not _is_name_over_date(lines, i)] or near
    titles = [i for i in unnamed if not lines[i].endswith(".")] or unnamed
    if not titles:
        return 0 if anchor > 0 and not is_furniture_line(lines[0]) else -1
    nearest = titles[0]
    above = next((i for i in titles[1:] if i == nearest - 1), -1)
    if above >= 0 and _stands_over(lines, above, nearest):
        return above
    return nearest


def _is_name_over_date(lines: list[str], index: int) -> bool:
    dated = index + 1 < len(lines) and is_date_line(lines[index + 1])
    return dated and _is_bare_name(lines[index])


def _stands_over(lines: list[str], above: int, below: int) -> bool:
    """Is the upper line the headline and the lower its standfirst?"""
    if len(lines[above].split()) < 4 or (above and heads_a_list(lines[above - 1])):
        return False
    return reads_as_sentence(lines[below]) or len(lines[below]) > len(lines[above])


def _may_be_title(line: str) -> bool:
    words = len(line.split())
    return (
        3 <= words <= 30
        and len(line) > 12
        and not is_aside(line)
        and not is_date_line(line)
        and not TRAIL.search(line)
        and "|" not in line
        and not line.lower().startswith("home ")
        and not reads_as_outlet(line)
        and not people_of(line)
    )
