"""What a run prints: a table for people, one line of JSON for programs."""

import json

from benchmarks.report import Report

MACHINE = {"cores": 2, "database": "SQLite 3.53.4"}


def a_report() -> Report:
    report = Report("pages", figures={"ms": 3.5}, machine=MACHINE)
    report.row("section list", "3.50", "7.00", 0.5)
    report.at_most("queries", 5, 6)
    return report


def test_the_last_line_carries_name_machine_figures_and_targets():
    told = json.loads(a_report().as_json())

    assert told == {
        "name": "pages",
        "machine": MACHINE,
        "figures": {"ms": 3.5},
        "targets": [{"name": "queries", "wanted": "<= 6", "got": 5, "holds": True}],
    }


def test_the_table_shows_ours_the_peer_and_the_ratio():
    lines = a_report().as_table().splitlines()

    assert lines[3].split() == ["section", "list", "3.50", "7.00", "0.50"]
    assert lines[5].split() == ["holds", "queries", "wanted", "<=", "6", "got", "5"]


def test_one_broken_target_breaks_the_report():
    report = a_report()

    report.exactly("articles lost", 1, 0)

    assert not report.holds
    assert "FAILS" in report.as_table()
