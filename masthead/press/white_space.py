"""
Readers' templates without the white space that only helps whoever writes them.

It is taken out of a template's source once, when the template is compiled; no page is looked
through. What a reader sees, hears or copies stays the same to the letter: a run of white space
becomes one space or line break, never none. What an article brings along is left as it is.
"""

import re
from collections.abc import Iterable

from jinja2.ext import Extension

# HTML's white space; Python's \s has the no-break space too.
SPACE = "[ \t\n\f\r]"
_CODE = r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}"
_PIECES = re.compile(
    rf"(?P<code>{_CODE})"
    # Where every character counts, and tags, whose attributes may hold any.
    r"|<(?P<whole>pre|textarea|script|style)\b.*?</(?P=whole)\s*>"
    rf"""|<[a-zA-Z/!](?!--)(?:{_CODE}|"(?:{_CODE}|[^"])*"|'(?:{_CODE}|[^'])*'|[^>"'])*>"""
    r"|(?P<comment><!--.*?-->)"
    rf"|(?P<space>{SPACE}+)"
    r"|[^<{ \t\n\f\r]+|.",
    re.DOTALL | re.IGNORECASE,
)
# White space on both sides of what prints nothing at its place is one run …
_SILENT = re.compile(r"\{#|\{%[-+]?\s*(?:from|import|extends|set\b[^%]*=)")
# … of which the outer part stays, since what a condition holds may not be printed.
_OPENING = re.compile(r"\{%[-+]?\s*(?:if|with)\b")
_CLOSING = re.compile(r"\{%[-+]?\s*(?:endif|endwith)\b")


class WithoutWhiteSpace(Extension):
    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        # The text of a mail is written as it is sent, empty lines and all.
        return source if (name or "").endswith(".txt") else without_white_space(source)


def without_white_space(source: str) -> str:
    """source: of a template. Comments of HTML go too."""
    pieces = (
        ("\n" if "\n" in piece[0] else " ") if piece["space"] else piece[0]
        for piece in _PIECES.finditer(source)
        if not piece["comment"]
    )
    tidied = _once(pieces, through=_OPENING)
    return "".join(reversed(list(_once(reversed(list(tidied)), through=_CLOSING))))


def _once(pieces: Iterable[str], *, through: re.Pattern[str]) -> Iterable[str]:
    """Without white space that only silent statements part from the white space before it."""
    after_space = False
    for piece in pieces:
        is_space = piece in {" ", "\n"}
        if not (is_space and after_space):
            yield piece
        is_passed = _SILENT.match(piece) or through.match(piece)
        after_space = is_space or (after_space and bool(is_passed))
