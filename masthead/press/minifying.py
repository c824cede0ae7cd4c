"""
Pages without the white space that only helps whoever reads the templates.

What a reader sees, hears or copies stays the same to the letter: a run of white space becomes one
space or line break, never none. The minifier at hand (minify-html) also takes the space between
two inline elements of a <div>, which makes one word of a byline and its date.
"""

import re

# HTML's white space; Python's \s has the no-break space too.
SPACE = "[ \t\n\f\r]"
_PIECES = re.compile(
    # Where every character counts, and tags, whose attributes may hold any.
    r"<(pre|textarea|script|style)\b.*?</\1\s*>"
    r"""|<[a-zA-Z/!](?!--)[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>"""
    r"|(?P<comment><!--.*?-->)"
    rf"|(?P<space>{SPACE}{{2,}}|[\t\n\f\r])",
    re.DOTALL | re.IGNORECASE,
)


def minified(html: str) -> str:
    return _PIECES.sub(_smaller, html).strip()


def _smaller(piece: re.Match[str]) -> str:
    space = piece["space"]
    if space is not None:
        return "\n" if "\n" in space else " "
    return "" if piece["comment"] is not None else piece[0]
