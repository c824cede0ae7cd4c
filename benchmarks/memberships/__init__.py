"""
`bin/bench memberships`: notices of the payment provider in a burst, how soon a payment or its end
is seen on every outlet, and what members cost the front door.
"""

from contextlib import ExitStack

from django.conf import settings

from benchmarks.faults.served import command, running, wait_until_it_answers
from benchmarks.in_front import NotInstalled, an_nginx, free_port
from benchmarks.memberships.classes import measure_classes
from benchmarks.memberships.notices import measure_notices
from benchmarks.memberships.seen import measure_seen
from benchmarks.memberships.titles import found_titles
from benchmarks.report import Report
from benchmarks.scratch import tell


def run(*, short: bool) -> Report:
    report = Report("memberships", columns=("what", "ours", "limit or peer", "ratio"))
    door = free_port()
    settings.NETWORK_URL = f"http://127.0.0.1:{door}"
    titles = found_titles()
    command("set-up")
    command("worker", "--once")
    with ExitStack() as stack:
        more = {"network_url": settings.NETWORK_URL, "behind_proxy": "true"}
        stack.enter_context(running("web", "--bind", f"127.0.0.1:{door}", **more))
        stack.enter_context(running("app", **more))
        wait_until_it_answers(door)
        ports = {"the door": door}
        try:
            folder = settings.DATA / "nginx"
            folder.mkdir()
            ports["nginx"] = stack.enter_context(an_nginx(folder, behind=door))
        except NotInstalled as missing:
            tell(str(missing))
        # Before there is a worker, which has the processor to itself at other times.
        measure_classes(report, titles, door, short=short)
        stack.enter_context(running("worker", **more))
        measure_seen(report, titles, ports, short=short)
        measure_notices(report, door, short=short)
    return report
