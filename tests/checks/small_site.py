"""A site of a few prepared answers on loopback, for trying the checkers on."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


@dataclass(frozen=True)
class Answer:
    body: bytes
    mime: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def serve(answers: Mapping[str, Answer]) -> Iterator[str]:
    """The site's address, without a slash at its end; any free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path, Answer(b"nothing here", "text/plain", 404))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", answer.mime)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """The tests' output is for the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def a_page(body: str = "", *, head: str = "", css: str = "") -> Answer:
    """A sound page in both looks, with what the test adds."""
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Bridge opens</title>
<meta name="description" content="The bridge over the river opens to traffic on Monday.">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<style>:root {{ color-scheme: light dark; background: light-dark(#fff, #111);
color: light-dark(#111, #eee); font: 18px/1.5 serif }} {css}</style>{head}</head>
<body><main><h1>Bridge opens on Monday</h1><p class="text">{"The bridge opens. " * 30}</p>
{body}</main></body></html>"""
    return Answer(html.encode())


def a_wide_font() -> Answer:
    """A font with letters two ems wide: text set in it needs several times the lines."""
    letters = {ord(letter): letter for letter in "BTabcdefghinoprstuvwxyz."} | {32: "space"}
    names = [".notdef", *letters.values()]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(letters)
    font.setupGlyf({name: _block() for name in names})
    font.setupHorizontalMetrics(dict.fromkeys(names, (2000, 0)))
    font.setupHorizontalHeader(ascent=900, descent=-300)
    font.setupNameTable({"familyName": "Wide", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.font.flavor = "woff2"
    file = BytesIO()
    font.save(file)
    return Answer(file.getvalue(), "font/woff2")


def _block() -> object:
    # A font without any outline is refused by browsers.
    pen = TTGlyphPen(None)
    for step, point in enumerate([(100, 0), (100, 500), (600, 500), (600, 0)]):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    return pen.glyph()
