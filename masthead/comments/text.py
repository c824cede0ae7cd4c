"""A comment's text: as it is kept, printed, and compared."""

import hashlib
import unicodedata

from masthead.comments.markdown import to_html
from masthead.core.sanitise import clean_comment
from masthead.core.words import fold, words

_KEPT = {"\n", "\t"}


def tidy(text: str) -> str:
    """Without characters that nobody typed: control characters, halves of letters, NUL."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept).strip()


def printed(text: str) -> str:
    """HTML that is safe to be marked as safe."""
    return clean_comment(to_html(text))


def fingerprint(text: str) -> str:
    """The same for texts that differ in case, accents, blanks and punctuation alone."""
    plain = " ".join(fold(word) for word in words(text)) or text
    return hashlib.blake2b(plain.encode(), digest_size=16).hexdigest()
