"""What settings may be: text or TOML in, the value used out. ValueError or KeyError else."""

from typing import Any
from urllib.parse import urlsplit


def scorer(value: Any) -> str:
    """A kind and what it needs; empty for none."""
    kind, *given = str(value).split() or [""]
    if not kind:
        return ""
    parts = urlsplit(given[0]) if kind == "http" and given else None
    is_http = parts is not None and parts.scheme in {"http", "https"} and parts.hostname
    if not (is_http and len(given) <= 2) and not (kind == "akismet" and len(given) == 1):
        raise ValueError(value)
    return str(value)


def hold_or_open(value: Any) -> str:
    return {"hold": "hold", "open": "open"}[str(value).strip().lower()]
