"""E-mail addresses as they are kept, and what is kept of those that are not to be read."""

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

# A mail server that takes "ada+news@" takes "ada@" too: for counting they are one.
_TAG = "+"


class NotAnAddress(Exception):
    """No mail can be sent there; the text can be shown to whoever typed it."""


def read_address(typed: str) -> str:
    """
    The address in the one form in which it is kept: lower case, the host in ASCII.

    Whether it exists is not asked: only an answer from there shows that. Raises NotAnAddress.
    """
    try:
        found = validate_email(
            typed.strip(), check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError as bad:
        raise NotAnAddress(_("Please write the address as in name@example.org.")) from bad
    return (found.ascii_email or found.normalized).lower()


def mailbox_of(address: str) -> str:
    """The address without what its owner can put after a plus; only ever for counting."""
    name, _at, host = address.rpartition("@")
    return f"{name.partition(_TAG)[0]}@{host}"


def address_hash(address: str) -> str:
    """
    What is kept of an address that nobody shall read, under the present secret key.

    Nobody without that key can find out by trying whose it was.
    """
    return address_hashes(address)[0]


def address_hashes(address: str) -> list[str]:
    """Under the present and each former secret key."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [keyed_hash("address", address, secret=key) for key in keys]


def keyed_hash(what: str, value: str, *, secret: str | None = None) -> str:
    salt = f"masthead.readers.{what}"
    return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


def shortened(address: str) -> str:
    """For pages that open without signing in: "ad…@courier.example"."""
    name, _at, host = address.rpartition("@")
    return f"{name[: min(2, len(name) - 1)]}…@{host}"
