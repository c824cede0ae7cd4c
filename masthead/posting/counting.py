"""How long a text is, as each network counts."""

import re
import unicodedata
from collections.abc import Callable, Iterator

URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}'’”]", re.IGNORECASE)
ZERO_WIDTH_JOINER, VARIATION = "\u200d", "\ufe0f"
# What X counts for one; everything else counts for two (its published configuration, version 3).
LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))


def graphemes(text: str) -> Iterator[str]:
    """
    The text in pieces that readers see as one sign (UAX #29, as far as news needs it).

    Combining marks, joined and toned emoji, flags, keycaps, Hangul and line ends stay together.
    """
    piece = ""
    for sign in text:
        if piece and not _joins(piece, sign):
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def _joins(piece: str, sign: str) -> bool:
    before, code = piece[-1], ord(sign)
    if before == "\r":
        return sign == "\n"
    if before in "\n\x00" or sign in "\r\n":
        return False
    if sign == ZERO_WIDTH_JOINER or unicodedata.category(sign) in {"Mn", "Me", "Mc"}:
        return True
    if 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:  # tones; flags of regions
        return True
    if before == ZERO_WIDTH_JOINER:
        return _is_picture(sign)
    if _is_flag_letter(sign) and _is_flag_letter(before):
        return len(piece) % 2 == 1
    return _is_hangul_pair(before, sign)


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) == "So" or 0x1F000 <= ord(sign) <= 0x1FAFF


def _is_flag_letter(sign: str) -> bool:
    return 0x1F1E6 <= ord(sign) <= 0x1F1FF


def _is_hangul_pair(before: str, sign: str) -> bool:
    first, second = _hangul(before), _hangul(sign)
    joined = {"L": {"L", "V", "LV", "LVT"}, "V": {"V", "T"}, "LV": {"V", "T"}}
    joined |= {"T": {"T"}, "LVT": {"T"}}
    return second in joined.get(first, set())


def _hangul(sign: str) -> str:
    code = ord(sign)
    if 0xAC00 <= code <= 0xD7A3:
        return "LVT" if (code - 0xAC00) % 28 else "LV"
    for name, first, last in (("L", 0x1100, 0x115F), ("V", 0x1160, 0x11A7), ("T", 0x11A8, 0x11FF)):
        if first <= code <= last:
            return name
    return ""


def _weighted(text: str) -> int:
    """As X does: Latin and its neighbours count one, other writings two, an emoji two as well."""
    total = 0
    for piece in graphemes(unicodedata.normalize("NFC", text)):
        if any(_is_picture(sign) or _is_flag_letter(sign) for sign in piece):
            total += 2
        else:
            total += sum(1 if _is_light(ord(sign)) else 2 for sign in piece)
    return total


def _is_light(code: int) -> bool:
    return any(first <= code <= last for first, last in LIGHT)


def _with_emoji_in_bytes(text: str) -> int:
    """As Threads does: an emoji counts for the bytes it takes."""
    return sum(
        len(piece.encode()) if any(_is_picture(sign) for sign in piece) else len(piece)
        for piece in graphemes(text)
    )


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


COUNTS: dict[str, Callable[[str], int]] = {
    "characters": lambda text: sum(1 for _piece in graphemes(text)),
    "codepoints": len,
    "graphemes": lambda text: sum(1 for _piece in graphemes(text)),
    "utf16": _utf16,
    "weighted": _weighted,
    "emoji-in-bytes": _with_emoji_in_bytes,
}


def length_of(text: str, *, counts: str, link_length: int = 0) -> int:
    """link_length: what each link in it counts for; 0: its own length."""
    count = COUNTS[counts]
    if not link_length:
        return count(text)
    links = URL.findall(text)
    return count(URL.sub("", text)) + link_length * len(links)
