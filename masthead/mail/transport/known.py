"""What `mail_url` may name. Read with the settings, so nothing heavy is imported here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SECURITY = {"smtp": "", "smtp+tls": "starttls", "smtps": "tls"}
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True)
class Service:
    """
    A mail service. backend: anymail's module. secrets, place: what stands before and after the
    "@". key_header: where it knows keys: the same mail asked for twice goes out once.
    """

    backend: str
    secrets: tuple[str, ...]
    place: str = ""
    key_header: str = ""


SERVICES = {
    "brevo": Service("brevo", ("api_key",)),
    "mailersend": Service("mailersend", ("api_token",)),
    "mailgun": Service("mailgun", ("api_key",), place="sender_domain"),
    "mailjet": Service("mailjet", ("api_key", "secret_key")),
    "mailtrap": Service("mailtrap", ("api_token",)),
    "mandrill": Service("mandrill", ("api_key",)),
    "postmark": Service("postmark", ("server_token",)),
    "resend": Service("resend", ("api_key",), key_header="Idempotency-Key"),
    "scaleway": Service("scaleway", ("secret_key",), place="project_id"),
    "sparkpost": Service("sparkpost", ("api_key",)),
}
# What may stand after the "?", beside `lines`.
OF_SERVERS = {"hello"}
OF_SERVICES = {"api_url", "message_stream", "region"}


@dataclass(frozen=True)
class Carrier:
    """options: for a server host, port, user, password; for a service as anymail calls them."""

    scheme: str
    lines: int
    options: Mapping[str, str] = field(repr=False)


def read_mail_url(url: str) -> Carrier:
    """Raises ValueError for an address that names nothing known."""
    parts = urlsplit(url)
    more = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    lines = int(more.pop("lines", 8))
    allowed = OF_SERVERS if parts.scheme in SECURITY else OF_SERVICES
    if parts.path.strip("/") or parts.fragment or lines < 1 or not set(more) <= allowed:
        raise ValueError(url)
    read = _server if parts.scheme in SECURITY else _service
    return Carrier(parts.scheme, lines, read(parts) | more)


def _server(parts: SplitResult) -> dict[str, str]:
    if not parts.hostname:
        raise ValueError(parts.scheme)
    return {
        "host": parts.hostname,
        "port": str(parts.port or PORTS[parts.scheme]),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }


def _service(parts: SplitResult) -> dict[str, str]:
    service = SERVICES.get(parts.scheme)
    if service is None:
        raise ValueError(parts.scheme)
    # Not `hostname`, which is in lower case: a key may stand there.
    before, at, after = parts.netloc.rpartition("@")
    secrets, place = (before, after) if at else (after, "")
    given = [unquote(each) for each in secrets.split(":")]
    if len(given) != len(service.secrets) or not all(given) or bool(place) != bool(service.place):
        raise ValueError(parts.scheme)
    options = dict(zip(service.secrets, given, strict=True))
    return options | {service.place: unquote(place)} if service.place else options
