"""Which encoding of a page a reader gets, and whether they have it already."""

import re

from masthead.press.door.lately import Lately

# The order at equal weight: brotli is the smallest of our pages, gzip the largest.
CODINGS = ("br", "zstd", "gzip", "identity")
ANY = b"*"
_MEMBER = re.compile(
    rb"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:;\s*[qQ]\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?\Z"
)
_TAG = re.compile(rb'\s*(?:W/)?("[\x21\x23-\x7e]*")\s*(?:,|\Z)')
_ALIASES = {"x-gzip": "gzip"}


def _preference(accepted: bytes) -> tuple[str, ...]:
    weights: dict[str, float] = {}
    for member in accepted.split(b","):
        if (found := _MEMBER.match(member)) is None:
            continue
        name = found[1].decode("ascii").lower()
        weights[_ALIASES.get(name, name)] = float(found[2]) if found[2] else 1.0
    rest = weights.get("*", 0.0)
    # Unnamed, identity is always acceptable, but last; only q=0 forbids it.
    weights.setdefault("identity", 0.0001 if rest or "*" not in weights else 0.0)
    offered = [(weights.get(coding, rest), coding) for coding in CODINGS]
    by_weight = sorted(offered, key=lambda each: -each[0])  # stable: CODINGS decides at a tie
    return tuple(coding for weight, coding in by_weight if weight > 0)


# The value of Accept-Encoding (b"" without one) → acceptable codings, the wanted one first.
preference = Lately(_preference, most=500)


def tags(value: bytes) -> frozenset[bytes]:
    """
    The quoted tags of If-None-Match, without their W/: the comparison is the weak one.

    `*` alone is ANY. What is no list of tags matches nothing, so the page is sent.
    """
    if value.strip() == ANY:
        return frozenset({ANY})
    found, at = set(), 0
    while at < len(value):
        tag = _TAG.match(value, at)
        if tag is None:
            return frozenset()
        found.add(tag[1])
        at = tag.end()
    return frozenset(found)
