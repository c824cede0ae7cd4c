"""A guess at the language from its commonest words or its script."""

from __future__ import annotations

import re

from .page import Field, not_found
from .vocabulary import vocabulary

COMMON: dict[str, frozenset[str]] = {
    "en": vocabulary(
        """
    the of and to in that is was for it with on as at by said from have has
    """
    ),
    "de": vocabulary(
        """
    der die und das den von zu mit sich des auf ist im dem nicht ein eine als auch
    """
    ),
    "es": vocabulary(
        """
    el de que y los se del las un por con una su para es al como más ha
    """
    ),
    "fr": vocabulary(
        """
    le la les des et du une est dans que pour sur au qui pas par plus ne avec
    """
    ),
    "it": vocabulary(
        """
    il di che per una della in con non sono alla dei più come anche nel gli
    """
    ),
    "pt": vocabulary(
        """
    de que o do da em um para com não uma os no se na por mais as dos foi
    """
    ),
    "nl": vocabulary(
        """
    de het een van en in te dat op is voor met niet zijn aan er ook bij
    """
    ),
    "sv": vocabulary(
        """
    och att det som en på är av för med den till inte om har ett han
    """
    ),
    "no": vocabulary(
        """
    og det som en på er av for med den til ikke om har et å fra ble
    """
    ),
}
SCRIPTS = (
    ("ar", "\u0600", "\u06ff"), ("he", "\u0590", "\u05ff"), ("ru", "\u0400", "\u04ff"),
    ("el", "\u0370", "\u03ff"), ("ja", "\u3040", "\u30ff"), ("ko", "\uac00", "\ud7af"),
    ("zh", "\u4e00", "\u9fff"), ("hi", "\u0900", "\u097f"),
)  # fmt: skip


def guess_language(text: str) -> Field[str]:
    sample = text[:4000]
    letters = sum(c.isalpha() for c in sample)
    for code, low, high in SCRIPTS:
        if letters and sum(low <= c <= high for c in sample) > letters * 0.3:
            return Field(code, "words", 0.5)
    words = re.findall(r"[^\W\d_]+", sample.lower())
    counts = {code: sum(w in common for w in words) for code, common in COMMON.items()}
    best = max(counts, key=lambda code: counts[code])
    return Field(best, "words", 0.7) if counts[best] >= max(4, len(words) // 12) else not_found()
