"""What of a client's header goes to the app, and what of the app's comes back."""

from masthead.press.door.upstream import Lines

# For one connection only (RFC 9110, 7.6.1), so never passed on.
HOP_BY_HOP = {
    b"connection",
    b"keep-alive",
    b"proxy-authenticate",
    b"proxy-authorization",
    b"proxy-connection",
    b"te",
    b"trailer",
    b"transfer-encoding",
    b"upgrade",
    b"http2-settings",
}
# Named in Connection they would be taken off the request, which is how a client hides a cookie
# or a length from the app.
_NOT_BY_NAME = {b"host", b"content-length", b"content-type", b"cookie", b"authorization"}
_FORWARDED = {b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host"}
# Written by the door itself, or not at all.
_OURS = {b"forwarded", b"x-real-ip", b"x-forwarded-port", b"expect", b"content-length"}


def to_app(
    lines: Lines, *, client: str, scheme: str, behind_proxy: bool, length: bytes | None
) -> Lines:
    """
    The header lines for the app. length: the body's, None when it is sent in chunks.

    behind_proxy: the operator says that the peer is a proxy whose X-Forwarded-* are true.
    """
    dropped = HOP_BY_HOP | _named(lines) | _OURS | _FORWARDED
    kept = [each for each in lines if each[0] not in dropped and _is_plain_name(each[0])]
    given = {name: value for name, value in lines if name in _FORWARDED} if behind_proxy else {}
    # A proxy may send the header several times; they are one list.
    chain = [v for n, v in lines if n == b"x-forwarded-for"] if behind_proxy else []
    host = next((value for name, value in lines if name == b"host"), b"")
    kept += [
        (b"x-forwarded-for", b", ".join([*chain, client.encode("latin-1")])),
        (b"x-forwarded-proto", given.get(b"x-forwarded-proto", scheme.encode("latin-1"))),
        (b"x-forwarded-host", given.get(b"x-forwarded-host", host)),
    ]
    if length is not None:
        kept.append((b"content-length", length))
    return kept


def from_app(lines: Lines) -> Lines:
    # The date is the server's own line.
    dropped = HOP_BY_HOP | _named(lines) | {b"date", b"server"}
    return [each for each in lines if each[0] not in dropped]


def _named(lines: Lines) -> set[bytes]:
    values = b",".join(value for name, value in lines if name == b"connection")
    return {each.strip().lower() for each in values.split(b",")} - _NOT_BY_NAME


def _is_plain_name(name: bytes) -> bool:
    """
    WSGI turns X_Forwarded_For and X-Forwarded-For into the same thing: no underscores.

    X-Masthead-* is what the door itself says to the app.
    """
    return b"_" not in name and not name.startswith(b"x-masthead-")
