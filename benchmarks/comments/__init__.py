"""
`bin/bench comments`: what a long thread and long queues take to read, in a large network.

A thread of 10,000 comments, and as many comments beside it as are asked for, a tenth of them held.
Ours: a printed page from anywhere in each order of the thread, and the moderators' pages of
fifty, from the beginning and from far in, over all titles and of one; the statements of all these
are looked at as well. Compared with is what the same database takes for the row alone that says how
many there are (`COUNT(*)`), which no page does. Then the front door: the first page, with the
program stopped, and how long it gives what a ban took away.
"""

from django.conf import settings
from django.db import connection
from django.utils import timezone

from benchmarks.comments.bans import let_one_write, measure_ban
from benchmarks.comments.door import measure_first_pages
from benchmarks.comments.filling import fill_threads
from benchmarks.comments.views import measure_views
from benchmarks.faults.served import command, running
from benchmarks.fill import fill
from benchmarks.in_front import free_port
from benchmarks.newsroom import found_newsroom
from benchmarks.report import Report
from masthead.comments.actions.policies import set_policy

SHORT, FULL = 20_000, 1_000_000
SHORT_ARTICLES, ARTICLES = 40, 400


def run(*, short: bool) -> Report:
    report = Report("comments", columns=("p95, ms", "ours", "COUNT(*)", "ratio"))
    port = free_port()
    settings.NETWORK_URL = f"http://127.0.0.1:{port}"
    newsroom = found_newsroom()
    fill(newsroom, until=SHORT_ARTICLES if short else ARTICLES)
    set_policy(where=newsroom.outlet, by=None, at=timezone.now(), who="address", mode="open")
    size = SHORT if short else FULL
    thread = fill_threads(newsroom, size=size)
    measure_views(report, newsroom, thread, size)
    let_one_write(size)
    connection.close()  # the program may need the database to itself
    command("set-up")
    command("worker", "--once")  # what the newsroom was made with is behind everybody
    url = settings.NETWORK_URL
    with running("web", "--bind", f"127.0.0.1:{port}", network_url=url):
        measure_first_pages(report, newsroom, port)
        with running("newsroom", network_url=url):
            measure_ban(report, newsroom, port)
    return report
