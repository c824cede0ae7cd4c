"""The text of an nginx configuration that serves the mirror by itself and asks the program else."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from masthead.press.shelf.addresses import Hosts
from masthead.press.shelf.changes import PUBLIC
from masthead.press.shelf.keeping_time import SHARED
from masthead.press.shelf.mirror import HOST, SITEMAP_TYPE, TYPES

CACHE_FOR_EVER = "public, max-age=31536000, immutable"
CACHE_A_WHILE = "public, max-age=300"
SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}
# The hash of a page's one style element is not known here; each page names it itself, in its head.
# Nothing else is looser than on a page of the program.
PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; img-src 'self' data:;"
    " font-src 'self'; media-src 'self'; connect-src 'self'; frame-src 'self' https:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'self'; manifest-src 'self'"
)
BARE_POLICY = "default-src 'none'; frame-ancestors 'none'"
PICTURE_POLICY = "default-src 'none'; sandbox"
OURS = {"Cross-Origin-Resource-Policy": "same-origin"}
ANYBODYS = {"Cross-Origin-Resource-Policy": "cross-origin"}
FOR_SCRIPTS = {"Access-Control-Allow-Origin": "*"}
# What scripts on any site may read.
FEEDS = ("feed.xml", "atom.xml", "feed.json")
# No folder of the mirror begins with a dot, so an unknown host finds nothing.
NO_HOST = ".unknown"
NAME = "masthead"

# 418 means here: ask the program. It never reaches a reader.
TEMPLATE = """\
# Written by “masthead shelf nginx”; goes into nginx's http block. nginx's user must be able to
# read {data}; the program needs behind_proxy and shelf_mirror. Certificates are added to the
# server block.

map $host $masthead_host {{
    default {no_host};
{hosts}
}}
map $http_cookie $masthead_class {{
    default 0;
    "~(^|;)\\s*masthead_class=" 1;
}}
# Only a plain question of the public is answered from files.
map "$request_method:$is_args:$masthead_class" $masthead_asks {{
    default 1;
    "~^(GET|HEAD)::0$" 0;
}}
# A share picture may be drawn anew under its name, and goes with its article.
map $uri $masthead_kept {{
    default "{for_ever}";
    "~^/media/share/" "{a_while}";
}}
upstream {name} {{
    server {program};
    keepalive 32;
}}

server {{
    listen {listen};
    server_name {server_names};

    root {mirror}/$masthead_host;
    merge_slashes off;
    server_tokens off;
    log_not_found off;
    recursive_error_pages on;
    client_max_body_size 0;
    gunzip on;
    gzip_vary on;

    # Names of the mirror's own that are nobody's address.
    location ~ (\\.gz$|/index\\.html$|//|/\\.(?!well-known/)) {{
        error_page 418 = @program;
        return 418;
    }}
{files}    location ~ "^/assets/.+\\.[0-9a-f]{{12}}\\.[a-z0-9]+$" {{
        root {data};
        error_page 403 404 405 = @program;
        gzip_static on;
        types {{
            text/css css;
            text/javascript js mjs;
            font/woff2 woff2;
            image/svg+xml svg;
            image/png png;
            image/jpeg jpg jpeg;
            image/webp webp;
            image/avif avif;
            application/json json map;
        }}
        charset utf-8;
        charset_types text/css text/javascript application/json;
{asset_headers}
    }}
    location ~ "^/media/(pictures|share)/[^.][^/]*(/[^./][^/]*)*$" {{
        root {data};
        error_page 403 404 405 = @program;
        gunzip off;
        types {{
            image/avif avif;
            image/gif gif;
            image/jpeg jpg jpeg;
            image/png png;
            image/webp webp;
        }}
        default_type "application/octet-stream";
{picture_headers}
    }}
    location ~ /$ {{
        if ($masthead_asks) {{ return 418; }}
        error_page 403 404 405 418 = @program;
        rewrite ^(.*)/$ $1/index.html break;
        gzip_static always;
        types {{ text/html html; }}
        default_type "application/octet-stream";
        charset utf-8;
{page_headers}
    }}
    location / {{
        error_page 418 = @program;
        return 418;
    }}

    location @program {{
        proxy_pass http://{name}$request_uri;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For {forwarded_for};
        proxy_set_header X-Forwarded-Proto {forwarded_proto};
        proxy_request_buffering off;
        proxy_connect_timeout 2s;
        proxy_read_timeout 120s;
        gunzip off;
        error_page 502 504 = @printed;
    }}
    # The program is away: the public page is better than none, also for whoever has a class.
    location @printed {{
        if ($request_method !~ ^(GET|HEAD)$) {{ return 418; }}
        if ($uri !~ /$) {{ return 418; }}
        error_page 403 404 405 418 = @away;
        rewrite ^(.*)/$ $1/index.html break;
        gzip_static always;
        types {{ text/html html; }}
        charset utf-8;
{away_headers}
    }}
    location @away {{
        types {{ }}
        default_type "text/plain; charset=utf-8";
        add_header Retry-After 30 always;
        add_header Cache-Control "no-store" always;
        return 503 "This is being mended. Please come back in a minute.\\n";
    }}
}}
"""
EXACT = """\
    location ~ {pattern} {{
        if ($masthead_asks) {{ return 418; }}
        error_page 403 404 405 418 = @program;
        gzip_static always;
        types {{ }}
        default_type "{kind}";
{headers}
    }}
"""


class Unsafe(Exception):
    """A host or folder has a name that cannot stand in a configuration."""


def configuration(
    *,
    data: Path,
    hosts: Hosts,
    program: str,
    listen: str = "80",
    is_secure: bool = False,
    behind_proxy: bool = False,
) -> str:
    """
    program: host and port where `masthead web` answers. is_secure: readers come by https.
    behind_proxy: something in front sets X-Forwarded-For and X-Forwarded-Proto already.

    Raises Unsafe.
    """
    always = SAFETY | (HSTS if is_secure else {})
    shared = always | {"Cache-Control": SHARED}
    return TEMPLATE.format(
        data=_quoted(data),
        mirror=_quoted(data / "shelf" / "mirror" / PUBLIC),
        no_host=NO_HOST,
        hosts="\n".join(f"    {_name(raw)} {_name(own)};" for raw, own in _sorted(hosts)),
        server_names=" ".join(_name(raw) for raw, _ in _sorted(hosts)) or "_",
        name=NAME,
        program=program,
        listen=listen,
        for_ever=CACHE_FOR_EVER,
        a_while=CACHE_A_WHILE,
        files="".join(_exact(name, kind, shared) for name, kind in _named()),
        page_headers=_headers(shared | OURS | {"Content-Security-Policy": PAGE_POLICY}),
        away_headers=_headers(
            always
            | OURS
            | {"Cache-Control": "private, no-store", "Content-Security-Policy": PAGE_POLICY}
        ),
        asset_headers=_headers(always | FOR_SCRIPTS | {"Cache-Control": CACHE_FOR_EVER}),
        picture_headers=_headers(
            always
            | ANYBODYS
            | {"Cache-Control": "$masthead_kept", "Content-Security-Policy": PICTURE_POLICY}
        ),
        forwarded_for="$proxy_add_x_forwarded_for" if behind_proxy else "$remote_addr",
        forwarded_proto="$http_x_forwarded_proto" if behind_proxy else "$scheme",
    )


def _named() -> Iterable[tuple[str, str]]:
    """Expressions for the names of files that are no pages, with their types."""
    for name, kind in TYPES.items():
        yield f"/{name.replace('.', '[.]')}$", kind
    yield "/sitemap(-[a-z0-9-]+)?[.]xml$", SITEMAP_TYPE


def _exact(pattern: str, kind: str, shared: Mapping[str, str]) -> str:
    is_feed = any(pattern == f"/{name.replace('.', '[.]')}$" for name in FEEDS)
    headers = {**shared, **OURS, "Content-Security-Policy": BARE_POLICY}
    return EXACT.format(
        pattern=pattern, kind=kind, headers=_headers(headers | (FOR_SCRIPTS if is_feed else {}))
    )


def _headers(headers: Mapping[str, str]) -> str:
    return "\n".join(
        f'        add_header {name} "{value}" always;' for name, value in headers.items()
    )


def _sorted(hosts: Hosts) -> list[tuple[str, str]]:
    return sorted(hosts.canonical.items())


def _name(host: str) -> str:
    if not HOST.match(host):
        raise Unsafe(f"“{host}” is not a host's name.")
    return f'"{host}"' if ":" in host else host


def _quoted(folder: Path) -> str:
    path = str(folder)
    if not path.isprintable() or set(path) & set("\"'\\$;{} #"):
        raise Unsafe(f"nginx cannot be told of a folder named {path!r}.")
    return path
