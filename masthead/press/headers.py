"""The headers of readers' pages."""

from collections.abc import Iterable

from django.conf import settings

from masthead.core.middleware import EVERYWHERE
from masthead.press.shelf.keeping_time import SHARED
from masthead.press.variants import Variant

# What a reader's page may load: its own inline style by hash, our modules, fonts and pictures;
# frames only for the providers' players, after a click.
POLICY = (
    "default-src 'none'; style-src {style}; script-src 'self'; img-src 'self' data:;"
    " font-src 'self'; media-src 'self'; connect-src 'self'; frame-src 'self' https:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'self'; manifest-src 'self'"
)
# What is no page loads nothing.
BARE_POLICY = "default-src 'none'; frame-ancestors 'none'"
OF_A_CLASS = "private, no-cache"
PRIVATE = "private, no-store"


def cache_control(variant: Variant, *, holds_members_text: bool = False) -> str:
    """Members' text is kept nowhere; what is made for a class of readers in no shared cache."""
    if holds_members_text:
        return PRIVATE
    return SHARED if variant.is_public else OF_A_CLASS


def printed_keys(keys: Iterable[str]) -> dict[str, str]:
    """By what caches in front drop it; under both names that are in use."""
    named = " ".join(sorted(keys))
    return {"Surrogate-Key": named, "xkey": named}


def printed_headers(keys: Iterable[str]) -> dict[str, str]:
    """What a page carries beyond its own headers when no middleware of ours comes after it."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": EVERYWHERE["Cross-Origin-Resource-Policy"],
        "Permissions-Policy": EVERYWHERE["Permissions-Policy"],
        **printed_keys(keys),
    }
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return headers
