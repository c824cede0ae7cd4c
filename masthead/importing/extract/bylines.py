"""Reading names out of a byline: who, with which post-nominals, and who is only "staff"."""

from __future__ import annotations

import re

from .dates import DAY_FIRST, ISO, MONTH_FIRST, NUMERIC
from .page import Author
from .vocabulary import vocabulary

PREFIX = re.compile(
    r"^\W*(?:(?:written|posted|reported|published|story|words|text|report|article|analysis|opinion)\s*(?:by\b|:)"
    r"|by\b|authors?\s*:|(?:kommentar|ein\skommentar|analyse|eine\sanalyse|interview|text)?\s*von\b|autor(?:in)?\s*:|por\b|par\b|di\b|av\b|af\b|door\b|بقلم|كتبت|كتب)\s*:?\s*",
    re.I,
)
POST_NOMINAL = (
    r"(?:Ph\.?\s?D|M\.?B\.?A|M\.?D|M\.?Sc|B\.?Sc|M\.?A|B\.?A|J\.?D|LL\.?[MBD]|C\.?P\.?A|R\.?N|D\.?Phil|Ed\.?D|M\.?Ed"
    r"|M\.?P\.?H|M\.?P\.?A|M\.?Eng|B\.?Eng|C\.?F\.?A|D\.?V\.?M|D\.?D\.?S|Pharm\.?D|Psy\.?D|Th\.?D|M\.?F\.?A|M\.?Div"
    r"|F\.?R\.?S|O\.?B\.?E|M\.?B\.?E|C\.?B\.?E|P\.?E|Esq|M\.?Phil|Dipl\.-Ing)\.?"
)
POST_NOMINALS = re.compile(rf"^{POST_NOMINAL}(?:[\s,]+{POST_NOMINAL})*$", re.I)
TRAILING = re.compile(rf"^(.*?\S)\s*[,(]\s*({POST_NOMINAL}(?:[\s,]+{POST_NOMINAL})*)\)?$", re.I)
STAFF = re.compile(
    r"^(?:the\s)?(?:[\w&'’.-]+\s){0,4}(?:staff(?:\s(?:writers?|reporters?|report))?|news\s?room|news\s?desk"
    r"|editorial\s(?:board|team|staff)|redaktion|redacción|rédaction|redazione|redaktionen)$",
    re.I,
)
WIRES = frozenset(
    [
        "dpa",
        "afp",
        "ap",
        "reuters",
        "sid",
        "apa",
        "sda",
        "keystone-sda",
        "epd",
        "kna",
        "efe",
        "ansa",
        "ntb",
        "tt",
        "ritzau",
        "anp",
        "belga",
        "lusa",
        "tass",
        "upi",
        "pa",
        "ani",
        "pti",
        "associated\xa0press",
        "agence\xa0france-presse",
        "press\xa0association",
        "europa\xa0press",
        "pa\xa0media",
        "australian\xa0associated\xa0press",
        "the\xa0associated\xa0press",
        "the\xa0canadian\xa0press",
    ]
)
JOINED = re.compile(
    r"\s*(?:,|;|/|\||•|·|&|\band\b|\bund\b|\bwith\b|\by\b|\bet\b|\be\b|\bog\b|\boch\b|\ben\b|\sو)\s*",
    re.I,
)
CUT = re.compile(
    r"\s*(?:–|—|\(|\bpublished\b|\bupdated\b|\bposted\b|\blast\b|\bon\s|\bfor\s|\bin\s|\d+\s?min|@|\bshare\b|\bveröffentlicht\b).*$",
    re.I,
)
ROLE = re.compile(
    r"^(?:[\w-]+\s){0,3}(?:\w*(?:redakteur|korrespondent|reporter|journalist)\w*|reporter|writer|correspondent|editor|columnist|producer|photographer|contributor|bureau|chief"
    r"|journalist|analyst|fellow|professor|author|redakteurin?|korrespondentin?)\b.*$",
    re.I,
)
PARTICLES = vocabulary(
    """
    de da do dos del della di du la le van von der den ten ter zu af av al el bin ibn y e
    """
)
NOT_NAMES = vocabulary(
    """
    the a an our your news editor editors admin administrator staff team agency agencies
    press online desk guest webmaster author anonymous unknown user home more read share
    about view subscribe here all this that updated published contributor contributors wire
    correspondent january february march april june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday ressort magazin
    magazine online redaktion deutsche nach sport politik gazette courier observer ledger
    herald tribune post times daily review journal bote zeitung diario
    """
)  # fmt: skip


def read_authors(
    text: str, *, outlet: str = "", must_have_prefix: bool = False
) -> tuple[Author, ...]:
    """The authors a byline names, in order; empty when it names none for certain."""
    text = " ".join(text.split())
    rest = PREFIX.sub("", text, count=1)
    if len(text) > 250 or (must_have_prefix and rest == text):
        return ()
    rest = _without_dates(rest)
    found: list[Author] = []
    for piece in _pieces(rest):
        author = read_author(piece, outlet=outlet)
        if author and author.name not in {a.name for a in found}:
            found.append(author)
    return tuple(found)


def read_byline_pieces(pieces: list[str], *, outlet: str = "") -> tuple[Author, ...]:
    """
    A byline whose parts are elements of their own: "By", "Ada Berg", "Political editor".

    Read piece by piece first, since parts may touch without a space; a name split over two
    elements is found when the pieces are read as one line.
    """
    apart = read_authors(" | ".join(_glued(pieces)), outlet=outlet)
    whole = read_authors(" ".join(pieces), outlet=outlet)
    return apart if (apart and len(apart) >= len(whole)) or (len(pieces) > 3 and apart) else whole


def _glued(pieces: list[str]) -> list[str]:
    """Post-nominals belong to the name before them, a lone "By" to what follows."""
    done: list[str] = []
    for piece in pieces:
        bare = piece.strip(" ,")
        if done and POST_NOMINALS.match(bare):
            done[-1] += f", {bare}"
        elif not PREFIX.fullmatch(f"{bare} ") and re.search(r"\w", bare):
            done.append(piece)
    return done


def read_author(text: str, *, outlet: str = "") -> Author | None:
    """One name, split from its post-nominals; None for an outlet, a role or a sentence."""
    text = PREFIX.sub("", text.strip(), count=1).strip(" ,;:.-–—")
    if (STAFF.match(text) and len(text) < 60) or text.lower().replace(" ", "\u00a0") in WIRES:
        return Author(text, is_staff=True)
    letters = ""
    if split := TRAILING.match(text):
        text, letters = split.group(1), split.group(2)
    if not _is_name(text) or (outlet and text.lower() == outlet.lower()):
        return None
    return Author(_proper_case(text), letters.rstrip(" ,"))


def _without_dates(text: str) -> str:
    for pattern in (ISO, MONTH_FIRST, DAY_FIRST, NUMERIC):
        if hit := pattern.search(text):
            text = text[: hit.start()]
    return text


def _pieces(text: str) -> list[str]:
    """Split at commas and "and", keeping post-nominals with the name before them."""
    pieces: list[str] = []
    for piece in JOINED.split(text):
        piece = CUT.sub("", piece).strip()
        if pieces and POST_NOMINALS.match(piece):
            pieces[-1] += f", {piece}"
        elif piece and not ROLE.match(piece):
            pieces.append(piece)
    return pieces


def _is_name(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > 60 or re.search(r"[\d@:/\\<>!?\"“”]", text):
        return False
    if any(word.lower().strip(".,") in NOT_NAMES for word in words):
        return False
    outer = {words[0].lower(), words[-1].lower()}
    return (
        all(_is_name_word(w) for w in words)
        and not outer & (PARTICLES - {"al", "el", "de", "van", "von", "di"})
        and words[-1].lower() not in PARTICLES
    )


def _is_name_word(word: str) -> bool:
    if word.lower() in PARTICLES:
        return True
    first = word.lstrip("'’(")[:1]
    # Arabic, Hebrew, Chinese and other scripts have no capitals.
    return bool(first) and first.isalpha() and (first.isupper() or first.lower() == first.upper())


def _proper_case(name: str) -> str:
    if name != name.upper() or name.lower() == name.upper():
        return name
    cased = " ".join(w.lower() if w.lower() in PARTICLES else w.title() for w in name.split())
    return re.sub(
        r"\bMc([a-z])", lambda hit: "Mc" + hit.group(1).upper(), cased.replace("’S", "’s")
    )
