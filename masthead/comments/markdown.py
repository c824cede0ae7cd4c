"""
What commenters may write with: bold, italic, quotations, lists, code, links. Text in, HTML out.

Everything is escaped first and only our own tags are put around it. Each character is looked at a
bounded number of times, so no text takes longer than its length.
"""

from collections.abc import Callable, Iterator
from html import escape

MOST_LABEL = 200
MOST_URL = 500
QUOTES_DEEP = 3
SCHEMES = ("https://", "http://")
_ENDS_URL = frozenset(' \t\n<>"`')
_TRAILING = ".,;:!?*_'”’»"
_BRACKETS = {")": "(", "]": "["}


def to_html(text: str) -> str:
    """Blocks of HTML; empty for a text without anything but blanks."""
    return _blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), QUOTES_DEEP)


def _blocks(lines: list[str], deep: int) -> str:
    made: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
            continue
        for starts, take in _KINDS:
            if starts(line):
                at, html = take(lines, at, deep)
                break
        else:
            at, html = _paragraph(lines, at, deep)
        made.append(html)
    return "".join(made)


def _is_fence(line: str) -> bool:
    return line.startswith("```")


def _is_quote(line: str) -> bool:
    return line.startswith(">")


def _item(line: str) -> str | None:
    """ "ul" or "ol" when the line is an item of a list."""
    head, blank, rest = line.lstrip(" ")[:12].partition(" ")
    if not blank or not rest.strip():
        return None
    if head in {"-", "*", "+", "•"}:
        return "ul"
    if head[-1:] in {".", ")"} and head[:-1].isascii() and head[:-1].isdigit():
        return "ol"
    return None


def _fence(lines: list[str], at: int, deep: int) -> tuple[int, str]:
    """To the closing fence, or to the end."""
    end = at + 1
    while end < len(lines) and not _is_fence(lines[end]):
        end += 1
    code = "\n".join(lines[at + 1 : end])
    return end + 1, f"<pre><code>{escape(code)}</code></pre>"


def _quote(lines: list[str], at: int, deep: int) -> tuple[int, str]:
    end = at
    inside = []
    while end < len(lines) and _is_quote(lines[end]):
        inside.append(lines[end][1:].removeprefix(" "))
        end += 1
    if deep == 0:
        return end, f"<p>{_inline(_joined(inside))}</p>"
    return end, f"<blockquote>{_blocks(inside, deep - 1)}</blockquote>"


def _list(lines: list[str], at: int, deep: int) -> tuple[int, str]:
    kind = _item(lines[at])
    items: list[str] = []
    end = at
    while end < len(lines) and _item(lines[end]) == kind:
        items.append(lines[end].lstrip(" ").partition(" ")[2].strip())
        end += 1
    inside = "".join(f"<li>{_inline(item)}</li>" for item in items)
    return end, f"<{kind}>{inside}</{kind}>"


def _paragraph(lines: list[str], at: int, deep: int) -> tuple[int, str]:
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _begins_block(lines[end]):
        end += 1
    return end, f"<p>{_inline(_joined(lines[at:end]))}</p>"


def _joined(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines)


def _begins_block(line: str) -> bool:
    return any(starts(line) for starts, _take in _KINDS)


_Take = Callable[[list[str], int, int], tuple[int, str]]
_KINDS: tuple[tuple[Callable[[str], bool], _Take], ...] = (
    (_is_fence, _fence),
    (_is_quote, _quote),
    (lambda line: _item(line) is not None, _list),
)


class _Inline:
    """One run of text. Pieces are put down in order; a mark that is closed becomes a tag."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[str] = []
        self.open: dict[str, int] = {}  # mark ▸ its piece; at most one of each is open
        self.no_more_code = False

    def html(self) -> str:
        at = 0
        for at, end in self._plain_runs():
            self.pieces.append(escape(self.text[at:end]))
        return "".join(self.pieces)

    def _plain_runs(self) -> Iterator[tuple[int, int]]:
        """What is between the marks, while these put down their own pieces."""
        text, start, at = self.text, 0, 0
        while at < len(text):
            if text[at] not in "*_`[h\n\\":
                at += 1
                continue
            end, piece = self._special(at)
            if end == at:
                at += 1
                continue
            yield start, at
            self._put(piece)
            start = at = end
        yield start, len(text)

    def _put(self, piece: "str | _Mark") -> None:
        if isinstance(piece, str):
            self.pieces.append(piece)
        else:
            self._mark(piece)

    def _special(self, at: int) -> "tuple[int, str | _Mark]":
        letter = self.text[at]
        if letter == "\n":
            return at + 1, "<br>"
        if letter == "\\":
            after = self.text[at + 1 : at + 2]
            return (at + 2, escape(after)) if after and after in "*_`[]>\\-" else (at, "")
        if letter == "`":
            return self._code(at)
        if letter == "[":
            return self._link(at)
        if letter == "h":
            return self._address(at)
        return self._emphasis(at)

    def _code(self, at: int) -> tuple[int, str]:
        end = -1 if self.no_more_code else self.text.find("`", at + 1)
        if end < 0:
            self.no_more_code = True
            return at, ""
        inside = self.text[at + 1 : end].replace("\n", " ")
        return (end + 1, f"<code>{escape(inside)}</code>") if inside.strip() else (at, "")

    def _link(self, at: int) -> tuple[int, str]:
        middle = self.text.find("](", at + 1, at + MOST_LABEL)
        if middle < 0:
            return at, ""
        end = self.text.find(")", middle + 2, middle + MOST_URL)
        label, url = self.text[at + 1 : middle], self.text[middle + 2 : end].strip()
        if end < 0 or not label.strip() or not _is_url(url):
            return at, ""
        return end + 1, _anchor(url, label)

    def _address(self, at: int) -> tuple[int, str]:
        """An address that stands in the text as it is."""
        text = self.text
        if not text.startswith(SCHEMES, at) or (at and text[at - 1].isalnum()):
            return at, ""
        end = at
        most = min(len(text), at + MOST_URL)
        while end < most and text[end] not in _ENDS_URL:
            end += 1
        end = _without_trailing(text, at, end)
        url = text[at:end]
        return (end, _anchor(url, url)) if _is_url(url) else (at, "")

    def _emphasis(self, at: int) -> "tuple[int, _Mark | str]":
        text, letter = self.text, self.text[at]
        length = 2 if letter == "*" and text.startswith("**", at) else 1
        before = text[at - 1] if at else " "
        after = text[at + length] if at + length < len(text) else " "
        may_open = not after.isspace() and (letter == "*" or not before.isalnum())
        may_close = not before.isspace() and (letter == "*" or not after.isalnum())
        mark = letter * length
        if mark in self.open and may_close:
            return at + length, _Mark(mark, closes=True)
        if mark not in self.open and may_open:
            return at + length, _Mark(mark, closes=False)
        return at, ""

    def _mark(self, mark: "_Mark") -> None:
        if not mark.closes:
            self.open[mark.text] = len(self.pieces)
            self.pieces.append(mark.text)
            return
        begun = self.open.pop(mark.text)
        # What was begun inside and not ended stays as it was typed.
        self.open = {text: place for text, place in self.open.items() if place < begun}
        tag = "strong" if mark.text == "**" else "em"
        self.pieces[begun] = f"<{tag}>"
        self.pieces.append(f"</{tag}>")


class _Mark:
    def __init__(self, text: str, *, closes: bool) -> None:
        self.text = text
        self.closes = closes


def _inline(text: str) -> str:
    return _Inline(text).html()


def _anchor(url: str, label: str) -> str:
    return f'<a href="{escape(url)}">{escape(label)}</a>'


def _is_url(url: str) -> bool:
    if not url.startswith(SCHEMES) or not url.isprintable() or len(url) > MOST_URL:
        return False
    if any(letter in _ENDS_URL or letter == "\\" for letter in url):
        return False
    host = url.partition("://")[2]
    return bool(host) and host[0].isalnum() and "@" not in host.partition("/")[0]


def _without_trailing(text: str, at: int, end: int) -> int:
    """Without the sentence's own punctuation, nor a bracket that was opened before it."""
    while end > at:
        last = text[end - 1]
        if last in _BRACKETS:
            # Looked at once more for each bracket at the end; an address has few.
            if text.count(_BRACKETS[last], at, end) >= text.count(last, at, end):
                break
        elif last not in _TRAILING:
            break
        end -= 1
    return end
