"""
`bin/bench letters`: an edition of personal mails, against prepared bytes over the same connections.

The mail server is a sink of ours in a process of its own. Bare bytes are handed over before and
after, by the same lines with nothing claimed, marked or spliced, so that what else the machine
does shows in both. Then the site is read by turns while an edition goes out and while it is paused.
"""

from benchmarks.report import Report

MAIL_BYTES = 30_000
MAILS, SHORT_MAILS = 100_000, 4_000
ROUNDS, SECONDS = 8, 4.0  # quiet and sending, in turn
MANY = 1_000_000  # recipients, on PostgreSQL, counted and frozen


def run(*, short: bool) -> Report:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from django.utils import timezone

    from benchmarks.letters.lists import another_newsletter, edition_of, message, subscribe
    from benchmarks.letters.measuring import measure
    from benchmarks.letters.readers import found_site, measure_readers
    from benchmarks.letters.senders import handing_over_to
    from benchmarks.letters.sinks import running_sink
    from benchmarks.newsroom import found_newsroom
    from benchmarks.scratch import tell

    report = Report("letters", columns=("", "an edition", "bare bytes", "ratio"))
    mails = SHORT_MAILS if short else MAILS
    newsroom = found_newsroom("letters-bench", named=("Port",), authors=1, topics=1)
    newsletter = another_newsletter(outlet_id=newsroom.outlet.pk)
    tell(f"Subscribing {mails} readers …")
    subscribe(newsletter, mails)
    edition = edition_of(newsletter, at=timezone.now(), size=MAIL_BYTES)
    prepared = message(MAIL_BYTES)
    with (
        TemporaryDirectory(prefix="masthead-sink-") as folder,
        running_sink(Path(folder) / "log") as sink,
        handing_over_to(sink.port),
    ):
        tell("Sending …")
        found = measure(edition, prepared, mails=mails, bare_mails=max(2_000, mails // 5))
        taken = sink.by_message_id()
        tell("Reading while it sends …")
        rounds, seconds = (2, 2.0) if short else (ROUNDS, SECONDS)
        felt = measure_readers(
            newsletter, found_site(newsroom), sink, rounds=rounds, seconds=seconds
        )
    bare = (found.bare_before + found.bare_after) / 2
    report.row(
        f"{mails} mails of {len(prepared) // 1000} kB, a second",
        f"{found.a_second:.0f}",
        f"{bare:.0f}",
        found.ratio,
    )
    report.row("frozen, seconds", f"{found.freeze_seconds:.2f}")
    report.row("memory, MB", f"{found.most_bytes / 1e6:.0f}")
    report.row("the site's p95 while it sends, ms", f"{felt.sending:.1f}", "", felt.ratio)
    report.row("the same while nothing is sent, ms", f"{felt.quiet:.1f}")
    report.row("sent meanwhile, a second", f"{felt.a_second:.0f}")
    report.figures = {
        **vars(found),
        "ratio": found.ratio,
        "mails": mails,
        "readers": {**vars(felt), "ratio": felt.ratio},
    }
    once = sum(1 for name, times in taken.items() if name.startswith("d") and times == 1)
    report.exactly("mails taken once, by the sink's log", once, mails)
    report.at_least("of the rate of bare bytes", found.ratio, 0.8)
    report.at_most("frozen in", found.freeze_seconds, 10 * mails / MAILS if short else 10, "s")
    report.at_most("memory", found.most_bytes / 1e6, 300, "MB")
    report.at_least("sent while the site is read", felt.a_second, 1, "a second")
    if not short:  # some hundred reads say little of one in twenty
        report.at_most("the site's p95 beside the quiet one", felt.ratio, 1.2)
        _freeze_many(report)
    return report


def _freeze_many(report: Report) -> None:
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    from time import perf_counter

    from django.utils import timezone

    from benchmarks.letters.lists import (
        another_newsletter,
        edition_of,
        printed_already,
        subscribe,
    )
    from benchmarks.scratch import tell
    from masthead.newsletters.models import Newsletter
    from masthead.newsletters.sending.freezing import freeze
    from masthead.newsletters.sending.queries import plan_of

    tell(f"Subscribing {MANY} readers …")
    newsletter = another_newsletter(outlet_id=Newsletter.objects.latest("pk").outlet_id)
    subscribe(newsletter, MANY)
    edition = edition_of(newsletter, at=timezone.now())
    began = perf_counter()
    plan_of(edition, at=timezone.now())
    counts = freeze(edition, printed_already(edition, at=timezone.now()), at=timezone.now())
    took = perf_counter() - began
    report.row(f"{MANY} recipients planned and frozen, seconds", f"{took:.1f}")
    report.figures["many_seconds"] = took
    report.exactly("recipients frozen", counts["frozen"], MANY)
    report.at_most("a million planned and frozen in", took, 60, "s")
