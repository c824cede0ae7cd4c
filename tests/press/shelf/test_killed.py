"""Killed at any file operation or statement, the shelf holds the old or the new page."""

import os
import random
import signal
import sys
import time

import pytest

from masthead.press.shelf import Purge, Shelf
from masthead.press.shelf.compressing import identity
from tests.press.shelf.pages import HOST, SECRET, a_page

BRIDGE = (HOST, "/port/bridge/", "public")
FRONT = (HOST, "/", "public")
OLD = a_page(text="<p>Old.</p>", keys=("a55",))
NEW = a_page(text="<p>New.</p>", keys=("a55", "a56"), printed_at=2000.0)
MOST_POINTS = 80


def killed_at(point, shelf, work):
    """Do the work in a process that kills itself before its nth operation; whether it got there."""
    shelf.close()
    pid = os.fork()
    if pid == 0:
        _count_down(point, shelf)
        work(shelf)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def _count_down(left, shelf):
    def step(*_):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(event, _):
        if event in {"open", "os.rename", "os.remove"}:
            step()

    sync = os.fsync
    os.fsync = lambda handle: (step(), sync(handle))
    shelf.ledger.connection().set_trace_callback(step)
    sys.addaudithook(watched)


def a_shelf(folder):
    shelf = Shelf(folder, secret=SECRET, mirror=True)
    shelf.put(OLD)
    shelf.put(a_page("/", keys=("a55", "front1")))
    return shelf


def every_point(tmp_path, work):
    """A shelf for each point at which the work was killed."""
    for point in range(1, MOST_POINTS):
        shelf = a_shelf(tmp_path / str(point))
        was_killed = killed_at(point, shelf, work)
        yield shelf, was_killed
        if not was_killed:
            assert point > 8
            return
    raise AssertionError("The work has more operations than are tried.")


def in_mirror(shelf):
    file = shelf.mirror.file(*BRIDGE[:2])
    return file.read_bytes() if file.exists() else None


def test_a_print_is_there_whole_or_not_at_all(tmp_path):
    for shelf, was_killed in every_point(tmp_path, lambda shelf: shelf.put(NEW)):
        assert shelf.read(*BRIDGE) in ((OLD, NEW) if was_killed else (NEW,))
        # Its copy may be older than it until the sweep after the restart.
        shelf.sweep()
        assert list(shelf.verify()) == []
        assert shelf.put(NEW) is True
        assert shelf.read(*BRIDGE) == NEW
        assert list(shelf.verify()) == []


def test_a_withdrawal_is_done_or_can_be_repeated(tmp_path):
    purge = Purge(1, ("front1",), ("a56", "a55"), 3000.0)
    for shelf, was_killed in every_point(tmp_path, lambda shelf: shelf.apply(purge)):
        if shelf.applied():
            assert (shelf.read(*BRIDGE), in_mirror(shelf)) == (None, None)
        else:
            assert was_killed
            assert shelf.read(*BRIDGE) == OLD
        shelf.apply(purge)
        shelf.sweep()
        assert (shelf.read(*BRIDGE), shelf.read(*FRONT), in_mirror(shelf)) == (None, None, None)
        assert list(shelf.verify()) == []


def test_a_purge_is_in_all_its_pages_or_in_none(tmp_path):
    purge = Purge(1, ("a55",), (), 3000.0)
    for shelf, was_killed in every_point(tmp_path, lambda shelf: shelf.apply(purge)):
        stale = {each.target for each in shelf.stale(most=9)}
        assert stale == ({"/", "/port/bridge/"} if shelf.applied() else set())
        assert was_killed or shelf.applied() == 1
        assert list(shelf.verify()) == []


def test_making_room_leaves_whole_pages(tmp_path):
    def evict(shelf):
        shelf.most_bytes = 0
        shelf.evict()

    for shelf, was_killed in every_point(tmp_path, evict):
        assert was_killed or shelf.total_bytes() == 0
        shelf.sweep()
        assert list(shelf.verify()) == []


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_a_random_moment_nothing_that_was_answered_is_lost(tmp_path, seed):
    shelf = a_shelf(tmp_path / "shelf")
    shelf.close()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _print_and_purge(shelf, writing)
    os.close(writing)
    first = os.read(reading, 1)
    time.sleep(random.Random(seed).uniform(0.0, 0.15))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    answered = len(first) + len(os.read(reading, 1_000_000))
    os.close(reading)

    page = shelf.read(*BRIDGE)
    # Each round answers twice: for its print and for its purge.
    assert page is not None
    assert identity(page.bodies).decode() == f"<p>Print {page.seen}.</p>"
    assert page.seen + 1 >= (answered + 1) // 2
    assert shelf.applied() >= answered // 2
    shelf.sweep()
    assert list(shelf.verify()) == []


def _print_and_purge(shelf, answers):
    for number in range(1_000_000):
        text = f"<p>Print {number}.</p>"
        shelf.put(a_page(text=text, keys=("a55",), seen=number, printed_at=5000.0 + number))
        os.write(answers, b".")
        shelf.apply(Purge(number + 1, ("a55",), (), float(number)))
        os.write(answers, b".")
