"""What the lines above a copied headline say of the site: its name, and the article's section."""

from __future__ import annotations

import re

from .copied_lines import BARS, TRAIL, is_date_line
from .page import Field, not_found
from .phrases import is_furniture_line
from .vocabulary import vocabulary

PAPER_NOUNS = vocabulary(
    """
    post times news courier observer ledger herald tribune gazette daily weekly journal record
    sentinel beacon chronicle mirror star sun telegraph examiner register bulletin dispatch press
    independent reporter review today online echo advertiser standard voice monitor mail argus
    enterprise democrat banner citizen advocate messenger zeitung bote nachrichten anzeiger
    tagblatt rundschau kurier diario periódico heraldo gazeta notes wire
    """
)
SECTION_WORDS = vocabulary(
    """
    local world national international state region regional county city community education
    schools health science nature environment agriculture farming business economy money markets
    politics government elections crime courts police culture arts entertainment lifestyle life
    living food travel sport sports opinion editorial editorials letters columns commentary
    analysis investigation investigations technology tech weather transport traffic housing
    religion history obituaries features feature people news latest breaking top all more press
    daily review us europe asia africa
    """
)
COPYRIGHT = re.compile(
    r"(?:©|copyright|\(c\))\W*(?:©\W*)?(?:by\s)?(?:\d{4}(?:\s?[-–]\s?\d{4})?)?\W*([^.|]{3,50})",
    re.I,
)


def reads_as_outlet(line: str) -> bool:
    """ "The Eastern Post", "Tri-River Record", "plumnews.example"; not "Local News"."""
    words = line.split()
    if re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[a-z]{2,10}){1,2}", line):
        return True
    if not 2 <= len(words) <= 5 or line[-1:] in ".?!:," or not _is_title_case(words):
        return False
    plain = [re.sub(r"\W", "", part).lower() for word in words for part in word.split("-")]
    small = {"the", "of", "and"}
    return bool(PAPER_NOUNS & set(plain)) and not set(plain) <= SECTION_WORDS | small


def _is_title_case(words: list[str]) -> bool:
    return all(w[:1].isupper() or w in {"of", "the", "and", "&", "de", "del"} for w in words)


def menu_of(lines: list[str]) -> list[str]:
    """Every short entry above the headline, in lower case, as often as it stands there."""
    entries: list[str] = []
    for line in lines:
        parts = BARS.split(line) if len(BARS.split(line)) > 2 else [line]
        if line.lower().startswith("home ") and len(line.split()) <= 14:
            parts = line.split()
        entries += [part.lower() for part in parts if 0 < len(part.split()) <= 3]
    return entries


def find_outlet(lines: list[str], headline: int, start: int) -> Field[str]:
    for line in reversed(lines[start:]):
        if len(line) < 140 and (hit := COPYRIGHT.search(line)):
            name = re.sub(r"[\s,|-]*(?:\d{4}|all rights.*)?[\s,|-]*$", "", hit.group(1), flags=re.I)
            if name.strip():
                return Field(name.strip(" |,"), "copyright line", 0.85)
    above = lines[: max(headline, 0)]
    pieces = [piece for line in above for piece in re.split(r"\s+[|–—-]\s+|:\s+", line)]
    named = [piece for piece in pieces if reads_as_outlet(piece) and not is_date_line(piece)]
    if named:
        return Field(named[0], "text: site name", 0.75 if len(set(named)) < len(named) else 0.7)
    return _unmarked_outlet(above)


def _unmarked_outlet(above: list[str]) -> Field[str]:
    """A line in title case that is no menu entry: the first, or the last above the section."""
    menu = menu_of(above)
    for index in (0, len(above) - 2):
        line = above[index] if 0 <= index < len(above) else ""
        words = line.split()
        if (
            2 <= len(words) <= 5
            and _is_title_case(words)
            and not is_furniture_line(line)
            and not is_date_line(line)
            and not TRAIL.search(line)
            and menu.count(line.lower()) < 2
            and not {w.lower() for w in words} & SECTION_WORDS
        ):
            return Field(line, "text: top line", 0.5)
    return not_found()


def find_section(lines: list[str], headline: int, outlet: str, byline: str) -> Field[str]:
    above, title = lines[:headline], lines[headline]
    if trail := _from_trail(above, title, outlet):
        return Field(trail, "text: trail above headline", 0.8)
    menu = menu_of(above)
    nearest = [line for line in above[-3:] if not _is_skipped(line)]
    for piece in _pieces(nearest[-1]) if nearest else []:
        if _is_section(piece, outlet):
            return Field(_cased(piece), "text: line above headline", _confidence(piece, menu))
    for piece in _pieces(byline):
        if _is_section(piece, outlet) and {piece.lower()} & (set(menu) | SECTION_WORDS):
            return Field(_cased(piece), "text: byline line", 0.7)
    return not_found()


def _is_skipped(line: str) -> bool:
    return is_date_line(line) or is_furniture_line(line)


def _from_trail(above: list[str], title: str, outlet: str) -> str:
    """ "Home > Region > …", or the same copied without its signs: "Home Region Border …"."""
    for line in reversed(above[-8:]):
        head = line.replace(title, "") if title in line and line != title else line
        steps = [step for step in TRAIL.split(head) if step]
        is_trail = len(TRAIL.split(line)) > 1
        if not is_trail and head != line and head.lower().startswith("home "):
            is_trail, steps = True, [head[5:].strip()]
        names = [s for s in steps if s.lower() not in {"home", "start", "startseite", "inicio"}]
        names = [name for name in names if _is_section(name, outlet)]
        if is_trail and names:
            return _cased(names[-1])
    return ""


def _pieces(line: str) -> list[str]:
    return [piece for piece in re.split(r"\s*[|•·]\s*|\s+[–—-]\s+", line) if piece]


def _is_section(name: str, outlet: str) -> bool:
    return (
        0 < len(name.split()) <= 3
        and not re.search(r"[\d|@]|[.?!:]$", name)
        and name[:1] == name[:1].upper()
        and name.lower() != outlet.lower()
        and not reads_as_outlet(name)
        and not is_furniture_line(name)
    )


def _confidence(name: str, menu: list[str]) -> float:
    if menu.count(name.lower()) > 1:
        return 0.8
    known = {word.lower() for word in name.split()} & SECTION_WORDS
    return 0.65 if known or name.isupper() else 0.5


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 3 else name
