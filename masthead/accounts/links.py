"""Addresses of the network that are given to a person, whatever host they were asked for by."""

from django.conf import settings


def desk_link(path: str) -> str:
    """Browsers allow passkeys on the name localhost, never on a bare address."""
    base: str = settings.NETWORK_URL.replace("//127.0.0.1", "//localhost")
    return f"{base}{path}"
