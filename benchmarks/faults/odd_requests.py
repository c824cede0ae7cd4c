"""Requests as no browser sends them, made by chance from what has broken caches elsewhere."""

from random import Random
from urllib.parse import quote

EVIL = "evil.example"
HOSTS = (
    "127.0.0.1", "127.0.0.1:80", "localhost", "LOCALHOST", "127.0.0.1.", "[::1]", EVIL,
    f"127.0.0.1@{EVIL}", f"{EVIL}:x", "", "127.0.0.1, evil.example", "127.0.0.1/courier", "xn--",
)  # fmt: skip
CODINGS = (
    "gzip", "br", "zstd", "identity", "*", "gzip;q=0", "br;q=1.000, gzip;q=0.001", "*;q=0",
    "identity;q=0, *;q=0", "gzip;q=nan", "gzip," * 400, "x-gzip", "GZIP", "gzip\tbr", ";;,,",
)  # fmt: skip
METHODS = ("GET", "GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PURGE", "DELETE", "TRACE", "get")
POISON = (
    f"https://{EVIL}/", EVIL, "/desk/", "../../etc/passwd", '"><script>alert(1)</script>', "*",
    "127.0.0.1", "1", "-1", "\xe4\xf6", "a" * 3_000, "%0d%0aSet-Cookie: a=b", "{{7*7}}", "null",
)  # fmt: skip
NAMES = (
    "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For", "X-Forwarded-Port",
    "X-Forwarded-Prefix", "X-Forwarded-Scheme", "Forwarded", "X-Real-IP", "X-Original-URL",
    "X-Rewrite-URL", "X-Original-Host", "X-Host", "X-HTTP-Method-Override", "X-Method-Override",
    "X-HTTP-Method", "X-Masthead-Door", "X-Masthead-Class", "X_Forwarded_Host", "Via", "Origin",
    "Referer", "User-Agent", "Accept", "Accept-Language", "Accept-Charset", "Authorization",
    "Cache-Control", "Pragma", "Surrogate-Capability", "Surrogate-Key", "xkey-purge", "Range",
    "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "TE",
    "Connection", "Upgrade", "Expect", "Content-Length", "Transfer-Encoding", "Content-Type",
    "DNT", "Sec-Fetch-Mode", "Save-Data", "Viewport-Width", "Max-Forwards", "Early-Data",
)  # fmt: skip
FITTING = {
    "Range": ("bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=0-9,3-4", "lines=1-2"),
    "If-None-Match": ('"x"', "*", 'W/"x"', '"a","b"', "garbage"),
    "If-Modified-Since": ("Sun, 06 Nov 1994 08:49:37 GMT", "yesterday"),
    "Accept-Language": ("de", "ar, *;q=0.1", "x-klingon"),
    "Connection": ("close", "keep-alive, cookie", "upgrade", "host"),
    "Cache-Control": ("no-cache", "no-store", "only-if-cached", "max-age=0"),
    "X-Forwarded-Proto": ("https", "http", "javascript"),
    "X-HTTP-Method-Override": ("POST", "PUT", "PURGE"),
    "Content-Length": ("0", "5", "-1"),
    "Transfer-Encoding": ("chunked", "identity"),
    "Upgrade": ("websocket", "h2c"),
}
COOKIES = (
    "masthead_class=members.9999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAA", "masthead_class=public",
    "masthead_class=adfree.1.x; masthead_class=members.2.y", "sessionid=garbage", "csrftoken=x",
    "messages=x; sessionid=", "=; ;;=", "a=" + "b" * 3_000, "django_language=de", "\xff=\xfe",
)  # fmt: skip
PARAMS = (
    "before", "after", "part", "page", "q", "utm_source", "preview", "amp", "_", "lang", "format",
    "callback", "variant", "class", "host", "target", "__proto__", "before[]", "BEFORE", "",
)  # fmt: skip
VALUES = (
    "1", "0", "-1", "1763294400.0-5", "999999999999999999999.9-9", "a", "%00", "%ff", "../", "'",
    "<script>", "members", "1.0-1&before=2.0-2", "x" * 500, "٣", "%E2%80%AE", "1e9", "",
)  # fmt: skip


def odd_request(chance: Random, path: str) -> bytes:
    """One request for the page or something near it, whole or nearly so."""
    method = chance.choice(METHODS)
    first = f"{method} {_target(chance, path)} HTTP/1.{chance.choice('1110')}"
    lines = [f"Host: {_host(chance)}" for _ in range(_few(chance, one=0.97))]
    if chance.random() < 0.6:
        lines.append(f"Accept-Encoding: {chance.choice(CODINGS)}")
    if chance.random() < 0.4:
        lines.append(f"Cookie: {chance.choice(COOKIES)}")
    lines += [_line(chance) for _ in range(chance.choice((0, 1, 1, 2, 3, 8)))]
    chance.shuffle(lines)
    return ("\r\n".join([first, *lines]) + "\r\n\r\n").encode("latin-1", "replace")


def _few(chance: Random, *, one: float) -> int:
    return 1 if chance.random() < one else chance.choice((0, 2))


def _host(chance: Random) -> str:
    return "127.0.0.1" if chance.random() < 0.7 else chance.choice(HOSTS)


def _line(chance: Random) -> str:
    name = chance.choice(NAMES)
    values = FITTING.get(name, POISON) if chance.random() < 0.7 else POISON
    spelled = chance.choice((name, name.lower(), name.upper()))
    return f"{spelled}: {chance.choice(values)}"


def _target(chance: Random, path: str) -> str:
    target = path.partition("?")[0] if chance.random() < 0.7 else _respelled(chance, path)
    if chance.random() < 0.6:
        pairs = [
            f"{chance.choice(PARAMS)}={_value(chance)}" for _ in range(chance.choice((1, 1, 2, 9)))
        ]
        target += "?" + "&".join(pairs)
    return target if chance.random() < 0.97 else f"http://{EVIL}{target}"


def _value(chance: Random) -> str:
    made_up = f"{chance.randrange(10**10)}.{chance.randrange(10**6)}-{chance.randrange(99)}"
    return chance.choice((chance.choice(VALUES), made_up, str(chance.randrange(10**9)))).replace(
        " ", "+"
    )


def _respelled(chance: Random, path: str) -> str:
    path = path.partition("?")[0]
    at = chance.randrange(1, len(path)) if len(path) > 1 else 1
    return chance.choice(
        (
            path.upper(),
            path.rstrip("/") or "/",
            path + "/",
            "/" + path,
            path.replace("/", "//"),
            path[:at] + "%" + format(ord(path[min(at, len(path) - 1)]), "02x") + path[at + 1 :],
            path[:at] + "/./" + path[at:],
            path + "../" + path.rstrip("/").rpartition("/")[2] + "/",
            path + ";jsessionid=1",
            path + "%2f",
            path + "%00",
            path + quote(f"{chance.randrange(10**6)}"),
            path + "index.html",
            path + "\\",
            path + "feed.xml",
            path[:-1] + ".json",
        )
    )
