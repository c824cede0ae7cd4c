"""
`bin/faults markdown`: whatever somebody types as a comment comes out as our own few tags, quickly.

A million texts put together of everything that means something to the Markdown, to HTML and to
browsers, long runs of one mark among them. Each is printed as comments are. A parser of its own
then looks for a tag, attribute or address that is not ours, for tags that are not closed in their
order, and for words that were lost; and no text may take longer than its length allows.
"""

import random
import time
from html.parser import HTMLParser

from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.comments.text import printed, tidy

CASES, SHORT_CASES = 1_000_000, 20_000
SEED = 23
MOST_MS = 250  # of 5,000 letters, on a busy machine; squared work takes seconds
TAGS = {"p", "br", "strong", "em", "blockquote", "ul", "ol", "li", "code", "pre", "a"}
ALONE = {"br"}
PIECES = (
    *"*_`[]()<>&\"'\\/=:;#!-+. \n\t\0\u200b\u202e\u2028é字🙂ش",
    "**", "```", "> ", "- ", "1. ", "](", "](http://", "http://", "https://a.example/", "\n\n",
    "<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<!--", "-->",
    "<a href=", "javascript:", "data:text/html,", "&lt;", "&#x3c;", "&#60", "]]>", "<![CDATA[",
    "<math>", "<style>", "<p>", "</p>", "<blockquote>", "on", "word", "https://[::1]/", "@", "\\*",
)  # fmt: skip


class Ours(HTMLParser):
    """Finds whatever is not ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            self._look_at(tag, name, value or "")
        if tag not in ALONE:
            self.open.append(tag)

    def _look_at(self, tag: str, name: str, value: str) -> None:
        if tag != "a" or name not in {"href", "rel"}:
            self.wrong.append(f"{tag} {name}")
        elif name == "href" and not value.startswith(("http://", "https://")):
            self.wrong.append(f"href {value[:30]}")
        elif name == "rel" and value != "nofollow ugc noopener":
            self.wrong.append(f"rel {value[:30]}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.wrong.append("<!-- -->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append("<!>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append("<?>")


def run(*, short: bool) -> Report:
    report = Report("faults markdown", columns=("texts", "wrong", "slowest, ms", "a second"))
    cases = SHORT_CASES if short else CASES
    some = random.Random(SEED)
    wrong: list[str] = []
    slowest = 0.0
    began = time.perf_counter()
    for number in range(cases):
        text = tidy(_text(some, number))
        before = time.process_time()
        html = printed(text)
        slowest = max(slowest, (time.process_time() - before) * 1000)
        if found := look(html):
            wrong.append(f"{text!r}: {found}")
        if number % 100_000 == 99_999:
            tell(f"  {number + 1:,} texts")
    seconds = time.perf_counter() - began
    report.row(f"{cases:,}", str(len(wrong)), f"{slowest:.1f}", cases / seconds)
    report.figures |= {
        "texts": cases,
        "wrong": wrong[:20],
        "slowest_ms": round(slowest, 1),
        "per_second": round(cases / seconds),
    }
    report.exactly("texts that came out with something not ours", len(wrong), 0)
    report.at_most("the slowest text", slowest, MOST_MS, "ms")
    return report


def look(html: str) -> list[str]:
    parser = Ours()
    parser.feed(html)
    parser.close()
    return parser.wrong + [f"open {tag}" for tag in parser.open]


def _text(some: random.Random, number: int) -> str:
    if number % 500 == 0:  # one mark, or two in turn, for as long as a comment may be
        run_of = some.choice(PIECES) + some.choice(("", some.choice(PIECES)))
        return (run_of * 5_000)[:5_000]
    return "".join(some.choices(PIECES, k=some.randint(1, 40)))
