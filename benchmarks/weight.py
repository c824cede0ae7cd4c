"""
`bin/bench weight`: the bytes of a first visit to an article page, as they come over the wire.

Every article of the demo is asked for; the heaviest counts. The limits are the page's budget.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from subprocess import Popen
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from benchmarks.report import Report
from benchmarks.scratch import empty_place, tell
from benchmarks.servers import Answer, Place, add_demo

PAGE_LIMIT, SCRIPT_LIMIT, FONT_LIMIT, FONTS = 50_000, 10_000, 40_000, 2  # bytes, files
ADS_LIMIT = 6_000  # bytes of the script that chooses advertising
COMMENTS_LIMIT = 8_000  # of the script that comments bring along
OUTLETS = ("courier", "tideline")
IMPORT = re.compile(r"""(?:import|from)\s*\(?["']([^"']+\.m?js)["']""")
FONT = re.compile(r"""url\(["']?([^"')]+\.woff2)["']?\)""")
ADS = re.compile(r"/ads\.(?:\w+\.)?mjs$")
Program = Popen[bytes]
NAMES = ("html", "css", "script", "fonts")


@dataclass(frozen=True)
class Weight:
    """
    Bytes of one page by kind, heads of the answers included; `fonts` is one number a file.
    comments: those of `script` that are there for comments.
    """

    path: str
    html: int
    css: int
    script: int
    ads: int  # of the scripts, the one that chooses advertising
    comments: int
    fonts: list[int]
    elsewhere: int  # files from other hosts

    @property
    def page(self) -> int:
        return self.html + self.css + self.script


def run(*, short: bool) -> Report:
    report = Report("weight", columns=("heaviest article, kB", "ours", "limit", "ratio"))
    with empty_place() as variables:
        place = Place(variables)
        tell("Writing a demo network …")
        add_demo(place)
        with place.running("up") as program:
            place.wait_for(f"/{OUTLETS[0]}/", program)
            paths = article_paths(place, program)
            for path in paths:  # the first print of a page may take longer than the door waits
                place.wait_for(path, program)
            weights = [weigh(place, path) for path in paths]
    _judge(report, weights)
    return report


def article_paths(place: Place, program: Program) -> list[str]:
    """Every article that the sitemaps name."""
    paths = []
    for outlet in OUTLETS:
        for month in _locations(place, program, f"/{outlet}/sitemap.xml"):
            if "sitemap-pages" not in month and "sitemap-news" not in month:
                paths += _locations(place, program, month)
    return sorted(set(paths))


def _locations(place: Place, program: Program, path: str) -> list[str]:
    place.wait_for(path, program)
    tree = etree.fromstring(place.get(path, accept="identity").body)
    base = f"http://127.0.0.1:{place.port}"
    found = tree.xpath("//*[local-name()='sitemap' or local-name()='url']/*[local-name()='loc']")
    return [each.text.removeprefix(base) for each in found]


def weigh(place: Place, path: str) -> Weight:
    """One page and what a browser fetches with it, but for pictures."""
    page = place.get(path)
    text = place.get(path, accept="identity").body.decode()
    tree = lxml_html.fromstring(text)
    styles = [urljoin(path, href) for href in tree.xpath("//link[@rel='stylesheet']/@href")]
    scripts = _scripts(place, [urljoin(path, src) for src in tree.xpath("//script/@src")])
    fonts = sorted({urljoin(path, url) for url in FONT.findall(text)})
    everything = [*styles, *scripts, *fonts]
    return Weight(
        path=path,
        html=_whole(page).size,
        css=sum(_whole(place.get(each)).size for each in styles),
        script=sum(_whole(place.get(each)).size for each in scripts),
        ads=sum(_whole(place.get(each)).size for each in scripts if ADS.search(each)),
        comments=sum(_whole(place.get(each)).size for each in scripts if "comments" in each),
        fonts=[_whole(place.get(each)).size for each in fonts],
        elsewhere=sum("//" in each for each in everything),
    )


def _scripts(place: Place, paths: list[str]) -> list[str]:
    """The modules of a page and those that they import."""
    found: list[str] = []
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.append(path)
            waiting += _imported(place, path)
    return found


def _imported(place: Place, path: str) -> Iterator[str]:
    source = place.get(path, accept="identity").body.decode()
    return (urljoin(path, name) for name in IMPORT.findall(source))


def _whole(answer: Answer) -> Answer:
    if answer.status != 200:
        raise ValueError(f"A file of the page answered {answer.status}.")
    return answer


def _judge(report: Report, weights: list[Weight]) -> None:
    heaviest = max(weights, key=lambda each: each.page)
    fonts = max(weights, key=lambda each: max(each.fonts, default=0)).fonts
    largest = max(fonts, default=0)
    script = max(each.script for each in weights)
    comments = max(each.comments for each in weights)
    kilo = 1000
    for name, size, limit in (
        ("HTML, CSS and JavaScript", heaviest.page, PAGE_LIMIT),
        ("of it JavaScript", script, SCRIPT_LIMIT),
        ("of that, for advertising", max(each.ads for each in weights), ADS_LIMIT),
        ("of that, for comments", comments, COMMENTS_LIMIT),
        ("largest font", largest, FONT_LIMIT),
    ):
        report.row(name, f"{size / kilo:.1f}", f"{limit / kilo:.0f}", size / limit)
        report.at_most(name, size, limit, "bytes")
    report.row("the median article", f"{median(each.page for each in weights) / kilo:.1f}")
    report.at_least("the same on some page", comments, 1, "bytes")
    report.at_most("font files", max(len(each.fonts) for each in weights), FONTS)
    report.exactly("files from other hosts", sum(each.elsewhere for each in weights), 0)
    report.figures = {
        "articles": len(weights),
        "heaviest_bytes": heaviest.page,
        "median_bytes": median(each.page for each in weights),
        "heaviest": {name: getattr(heaviest, name) for name in NAMES},
        "script_bytes": script,
        "comments_script_bytes": comments,
        "font_bytes": fonts,
    }
