"""Where lines are broken: at spaces, beside letters of Chinese and Japanese, else where it must."""

from collections.abc import Callable, Iterator

# What is written without spaces, and breaks between any two letters.
_UNSPACED = (range(0x3040, 0x3100), range(0x3400, 0xA000), range(0xF900, 0xFB00))


def broken(text: str, *, room: float, width: Callable[[str], float]) -> list[str]:
    """At least one line; each fits. width: of letters in the order of reading."""
    lines, line = [], ""
    for piece in _pieces(text):
        if width((line + piece).rstrip()) <= room:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while line and width(line.rstrip()) > room:
            fits = _most(line, room=room, width=width)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> Iterator[str]:
    """Words with the space after them; letters that may stand alone."""
    piece = ""
    for letter in text:
        is_unspaced = any(ord(letter) in block for block in _UNSPACED)
        if is_unspaced and piece:
            yield piece
            piece = ""
        piece += letter
        if letter == " " or is_unspaced:
            yield piece
            piece = ""
    if piece:
        yield piece


def _most(text: str, *, room: float, width: Callable[[str], float]) -> int:
    """How many letters of a word fit, at least one."""
    for many in range(len(text), 1, -1):
        if width(text[:many]) <= room:
            return many
    return 1
