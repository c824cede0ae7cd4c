"""The comparison of `bin/bench press`: its requests, its arithmetic, what it needs."""

import os
import shutil
import socket
import sys
import time

import click
import pytest
from click.testing import CliRunner

from benchmarks.__main__ import command
from benchmarks.press import PARTS, needs
from benchmarks.press.archive import moved_by
from benchmarks.press.load import Asking, Load, Rounds, browser_request, write_requests
from benchmarks.press.programs import cpu_seconds, descendants, memory_mb, started
from benchmarks.report import Report
from benchmarks.servers import free_port


def wait_until_open(port: int) -> None:
    while True:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)


def a_load(rate: float) -> Load:
    return Load(rate=rate, p50=1.0, p99=2.0, refused=0, broken=0, requests=100)


def test_a_browsers_request_names_where_it_comes_from_and_what_it_has():
    request = browser_request(
        "/harbour/port/part-1/", port=8400, referer="http://127.0.0.1:8400/", none_match='"a-gz"'
    )

    first, *lines = request.decode().split("\r\n")

    assert first == "GET /harbour/port/part-1/ HTTP/1.1"
    assert lines[0] == "Host: 127.0.0.1:8400"
    assert {"Referer: http://127.0.0.1:8400/", 'If-None-Match: "a-gz"'} <= set(lines)
    assert not any(line.startswith("Cookie") for line in lines)
    assert request.endswith(b"\r\n\r\n")


def test_each_request_is_written_with_its_length(tmp_path):
    file = write_requests(tmp_path / "requests", [b"GET / \r\n\r\n", b"GET /a"])

    assert file.read_bytes() == b"10\nGET / \r\n\r\n\n6\nGET /a\n"


def test_a_ratio_is_the_median_of_the_rounds_own_ratios():
    found = Rounds(
        {
            "ours": [a_load(100), a_load(10), a_load(90)],
            "nginx": [a_load(100), a_load(20), a_load(100)],
        }
    )

    assert found.ratio("ours", "nginx") == 0.9
    assert found.rate("ours") == 90


def test_a_report_knows_what_is_too_little():
    report = Report("press", machine={"cores": 2})

    report.at_least("rate beside nginx", 0.9, 1.0, "times")

    assert not report.holds
    assert report.targets[0].wanted == ">= 1 times"


def test_what_is_missing_is_said_with_the_package_that_has_it(monkeypatch):
    monkeypatch.setattr(needs, "find", lambda program: None)

    with pytest.raises(click.ClickException, match="apt-get install wrk nginx-light"):
        needs.require_everything()


def test_parts_of_another_benchmark_are_refused():
    answer = CliRunner().invoke(command, ["pages", "--only", PARTS[0]])

    assert answer.exit_code == 2
    assert "no such parts" in answer.output


def test_a_programs_children_are_counted_with_it():
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"
    with started([sys.executable, "-c", code], cores=os.sched_getaffinity(0)) as program:
        while len(descendants(program)) < 2:
            pass

        alone, together = memory_mb(descendants(program)[1]), memory_mb(program)

        assert 0 < alone < together
        assert cpu_seconds(program) >= 0
        os.kill(descendants(program)[1], 9)


@pytest.mark.skipif(shutil.which("wrk") is None, reason="needs wrk")
def test_a_load_tells_what_was_refused(tmp_path):
    port = free_port()
    address = f"('127.0.0.1', {port})"
    server = (
        f"from http.server import *; HTTPServer({address}, BaseHTTPRequestHandler).serve_forever()"
    )
    request = browser_request("/@@@@@@@@/", port=port)
    asking = Asking(write_requests(tmp_path / "r", [request]), port, 1, numbered=True)
    with started([sys.executable, "-c", server], cores=os.sched_getaffinity(0)):
        wait_until_open(port)

        load = asking.ask(0.5)

    assert load.requests > 0
    assert load.refused == load.requests


def test_a_page_laid_out_in_the_archive_names_its_own_articles() -> None:
    moved = moved_by(120, row=940)
    printed = ("a700", "c700", "h812", "o3", "r700", "s8.695", "w4")

    assert [moved(key) for key in printed] == ["a820", "c820", "h940", "o3", "r820", "s8.815", "w4"]
