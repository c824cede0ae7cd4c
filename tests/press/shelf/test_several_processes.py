"""Doors, app and worker share one folder."""

import os
import time

from masthead.press.shelf import Purge, Shelf
from masthead.press.shelf.compressing import identity
from tests.press.shelf.pages import HOST, SECRET, a_page

PAGES = [f"/{number}/" for number in range(8)]
ROUNDS = 25


def in_another_process(work):
    """Its number; it ends with 0 when nothing was raised."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)


def ended_well(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def text_of(number):
    return f"<p>Print {number}.</p>" + "<p>The bridge opens.</p>" * 30


def write_rounds(folder):
    shelf = Shelf(folder, secret=SECRET, mirror=True)
    for number in range(1, ROUNDS + 1):
        for target in PAGES:
            shelf.put(a_page(target, text=text_of(number), printed_at=float(number)))


def test_two_writers_and_a_reader_at_once(folder):
    shelf = Shelf(folder, secret=SECRET)
    shelf.close()
    writers = [in_another_process(lambda: write_rounds(folder)) for _ in range(2)]
    newest = dict.fromkeys(PAGES, 0.0)
    until = time.monotonic() + 60
    while min(newest.values()) < ROUNDS and time.monotonic() < until:
        for target in PAGES:
            page = shelf.read(HOST, target, "public")
            if page is not None:
                assert identity(page.bodies).decode() == text_of(int(page.printed_at))
                assert page.printed_at >= newest[target]
                newest[target] = page.printed_at

    assert [ended_well(pid) for pid in writers] == [True, True]
    assert set(newest.values()) == {float(ROUNDS)}
    assert list(shelf.verify()) == []
    assert len(list(shelf.pages.glob("*/*"))) == len(PAGES)


def test_a_print_and_a_withdrawal_at_once_never_leave_the_page(folder):
    shelf = Shelf(folder, secret=SECRET, mirror=True)
    shelf.close()

    def print_on() -> None:
        own = Shelf(folder, secret=SECRET, mirror=True)
        for number in range(60):
            own.put(a_page(keys=("a55",), printed_at=float(number)))

    printer = in_another_process(print_on)
    while not shelf.stale(most=1) and shelf.state(HOST, "/port/bridge/", "public") is None:
        time.sleep(0.001)
    shelf.apply(Purge(1, (), ("a55",), 5.0))

    assert shelf.read(HOST, "/port/bridge/", "public") is None
    assert ended_well(printer)
    assert shelf.read(HOST, "/port/bridge/", "public") is None
    assert [each for each in shelf.mirror.folder.rglob("*") if each.is_file()] == []


def test_a_connection_is_not_carried_over_a_fork(shelf, folder):
    shelf.put(a_page())

    def read_and_write() -> None:
        assert shelf.read(HOST, "/port/bridge/", "public") == a_page()
        shelf.put(a_page("/other/"))

    assert ended_well(in_another_process(read_and_write))
    assert shelf.read(HOST, "/other/", "public") == a_page("/other/")
    shelf.put(a_page("/third/"))
    assert list(shelf.verify()) == []


def test_many_processes_may_come_first_at_once(folder):
    def come() -> None:
        Shelf(folder, secret=SECRET).put(a_page(f"/{os.getpid()}/"))

    pids = [in_another_process(come) for _ in range(6)]

    assert [ended_well(pid) for pid in pids] == [True] * 6
    assert len(Shelf(folder, secret=SECRET).stale(most=9)) == 0
    assert list(Shelf(folder, secret=SECRET).verify()) == []
