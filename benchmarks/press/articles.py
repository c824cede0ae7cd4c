"""Article pages, and the answer that a reader has them already, beside nginx."""

import shutil

from benchmarks.press.load import Asking, Rounds, take_turns
from benchmarks.press.reader import Reader
from benchmarks.press.rival import lay_out, nginx
from benchmarks.press.stage import Stage
from benchmarks.report import Report
from benchmarks.scratch import tell

CONNECTIONS = (16, 128)
WHOLE, UNCHANGED = 1.0, 0.75  # times nginx's rate
SLOWEST = 2.0  # times nginx's 99th percentile
# What nginx sends anyway, or what is each page's own.
NOT_COPIED = {"content-type", "surrogate-key", "xkey"}


def measure(stage: Stage, report: Report) -> None:
    tell("Article pages beside nginx …")
    folder = stage.data / "nginx"
    pages = list(stage.pages(stage.articles))
    lay_out(folder, pages)
    headers = [each for each in pages[0].headers if each[0].lower() not in NOT_COPIED]
    first = stage.articles[0]
    with (
        stage.door() as door,
        nginx(folder, first=first) as bare,
        nginx(folder, first=first, headers=headers) as dressed,
    ):
        port = stage.place.port
        whole = stage.asking("articles", stage.articles)
        ours = stage.asking("unchanged", stage.articles, etags=_etags(stage, port))
        theirs = stage.asking("unchanged-nginx", stage.articles, etags=_etags(stage, bare[0]))
        asking: dict[str, Asking] = {}
        for each in CONNECTIONS:
            asking |= {
                f"200 ours {each}": whole.by(each).at(port, door),
                f"200 nginx {each}": whole.by(each).at(*bare),
                f"304 ours {each}": ours.by(each).at(port, door),
                f"304 nginx {each}": theirs.by(each).at(*bare),
            }
        asking["200 nginx, same headers 128"] = whole.at(*dressed)
        found = take_turns(asking, rounds=stage.rounds, seconds=stage.seconds)
    shutil.rmtree(folder)
    _judge(report, found)


def _etags(stage: Stage, port: int) -> list[str]:
    reader = Reader(port)
    return [reader.get(path).etag for path in stage.articles]


def _judge(report: Report, found: Rounds) -> None:
    for kind, least in (("200", WHOLE), ("304", UNCHANGED)):
        for each in CONNECTIONS:
            ours, theirs = f"{kind} ours {each}", f"{kind} nginx {each}"
            ratio, slow = found.ratio(ours, theirs), found.p99(ours) / found.p99(theirs)
            what = f"articles, {kind}, {each} connections"
            for label, unit, tell_one in (
                ("requests/s", ",.0f", found.rate),
                ("p99 ms", ".2f", found.p99),
                ("processor µs", ".1f", found.cpu_us),
            ):
                mine, peer = tell_one(ours), tell_one(theirs)
                report.row(f"{what}, {label}", f"{mine:{unit}}", f"{peer:{unit}}", mine / peer)
            report.at_least(f"{what}, rate beside nginx", ratio, least, "times")
            report.at_most(f"{what}, p99 beside nginx", slow, SLOWEST, "times")
            report.figures |= {
                f"articles_{kind}_{each}_rate": round(found.rate(ours)),
                f"articles_{kind}_{each}_rate_nginx": round(found.rate(theirs)),
                f"articles_{kind}_{each}_ratio": round(ratio, 3),
                f"articles_{kind}_{each}_p99_ms": round(found.p99(ours), 3),
                f"articles_{kind}_{each}_p99_ms_nginx": round(found.p99(theirs), 3),
                f"articles_{kind}_{each}_cpu_us": round(found.cpu_us(ours), 2),
                f"articles_{kind}_{each}_cpu_us_nginx": round(found.cpu_us(theirs), 2),
            }
    dressed = "200 nginx, same headers 128"
    ratio = found.ratio("200 ours 128", dressed)
    report.row("the same headers from nginx", "", f"{found.rate(dressed):,.0f}", ratio)
    report.figures["articles_200_128_ratio_same_headers"] = round(ratio, 3)
    report.exactly("articles, broken connections", found.broken(), 0)
    report.exactly("articles, refused requests", found.refused(*found.loads), 0)
