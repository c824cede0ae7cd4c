"""
Frames for HTML of others: pages of ours that are of no origin.

The policy in their own header makes them so wherever they are opened, also without the page's
`sandbox` attribute: no cookie, no storage, no way to what is around them, no way to lead the reader
away but by a new window after a press of theirs.
"""

import hashlib
from collections.abc import Sequence

from django.utils.html import escape, format_html

from masthead.press.asking import Asking
from masthead.press.headers import cache_control
from masthead.press.render import Printed

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
# What a creative brings stands in itself; pictures may be ours.
POLICY = (
    "sandbox {sandbox}; default-src 'none'; script-src 'unsafe-inline'{scripts};"
    " style-src 'unsafe-inline'{rest}; img-src 'self' data:{rest}; font-src data:{rest};"
    " media-src 'self'{rest}; connect-src{connect}; frame-src{connect}; form-action 'none';"
    " base-uri 'none'; frame-ancestors 'self'"
)
STYLE = (
    "html,body{margin:0;block-size:100%;overflow:hidden;background:transparent}"
    "body{display:grid;place-items:center;font:1rem/1.4 system-ui,sans-serif}"
    "a.whole{position:fixed;inset:0}"
)


def print_frame(
    html: str,
    *,
    title: str,
    asking: Asking,
    link: str = "",
    scripts: Sequence[str] = (),
    everything_else: Sequence[str] = (),
) -> Printed:
    """link: where a press anywhere leads, when the HTML has no links of its own."""
    whole = ""
    if link and "<a" not in html.lower():
        whole = format_html(
            '<a class="whole" href="{}" rel="sponsored noopener" aria-label="{}"></a>',
            link,
            title,
        )
    body = (
        f'<!doctype html><html lang="{escape(asking.sheet.language)}"><head><meta charset="utf-8">'
        f'<title>{escape(title)}</title><meta name="robots" content="noindex">'
        f'<meta name="viewport" content="width=device-width"><base target="_blank">'
        f"<style>{STYLE}</style></head><body>{html}{whole}</body></html>"
    ).encode()
    policy = POLICY.format(
        sandbox=SANDBOX,
        scripts=_sources(scripts),
        rest=_sources(everything_else),
        connect=_sources(everything_else) or " 'none'",
    )
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "Cache-Control": cache_control(asking.variant),
        "X-Robots-Tag": "noindex",
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
    }
    return Printed(body, headers, 200)


def _sources(sources: Sequence[str]) -> str:
    return "".join(f" {each}" for each in sources)
