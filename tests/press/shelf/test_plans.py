"""With twenty thousand pages a purge reads three, and nothing goes through them all."""

import time

import pytest

from masthead.press.shelf import Purge, addresses, keeping, packing, purging, sweeping
from masthead.press.shelf.ledger import Ledger
from tests.press.shelf.pages import HOST

PAGES = 20_000


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """Rows alone: the files play no part."""
    made = Ledger(tmp_path_factory.mktemp("plans") / "ledger.db")
    pages = [
        (number, HOST, f"/{number}/", f"{number}.page", float(number))
        for number in range(1, PAGES + 1)
    ]
    keys = [(key, number) for number in range(1, PAGES + 1) for key in ("o1", f"a{number // 3}")]
    with made.writing() as connection:
        connection.executemany(
            "INSERT INTO page (id, host, target, variant, file, etag, status, seen, printed_at,"
            " bytes, used_at) VALUES (?1, ?2, ?3, 'public', ?4, 'e', 200, 0, 1.0, 100, ?5)",
            pages,
        )
        connection.executemany("INSERT INTO page_key VALUES (?, ?)", keys)
        connection.executemany(
            "INSERT INTO address (host, path, kind) VALUES (?, ?, 'page')",
            [(HOST, f"/{number}/") for number in range(1, PAGES + 1)],
        )
    return made


def plan(ledger, sql, values):
    rows = ledger.connection().execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    return [row[3] for row in rows]


def test_a_purge_looks_pages_up_by_their_keys(ledger):
    for sql, values in (
        (purging.MAKE_STALE, ('["a7"]', 1, 2.0)),
        (purging.TAKE_OFF, ('["a7"]', 1)),
    ):
        steps = plan(ledger, sql, values)

        assert steps[0] == "SEARCH page USING INTEGER PRIMARY KEY (rowid=?)"
        assert "SEARCH page_key USING PRIMARY KEY (key=?)" in steps
        assert not [step for step in steps if step.startswith("SCAN page")]


def test_a_purge_of_three_pages_is_quick(ledger):
    begun = time.process_time()
    with ledger.writing() as connection:
        done = purging.mark(connection, Purge(1, ("a7",), (), 5.0))

    assert len(done.places) == 3
    assert time.process_time() - begun < 0.02


def test_the_next_pages_to_print_are_read_in_order(ledger):
    assert plan(ledger, keeping.STALE, (10,)) == ["SCAN page USING INDEX page_stale"]


@pytest.mark.parametrize(
    ("sql", "values", "step"),
    [
        (
            "SELECT file FROM page WHERE host = ? AND target = ? AND variant = ?",
            (HOST, "/", "public"),
            "SEARCH page USING INDEX sqlite_autoindex_page_1 (host=? AND target=? AND variant=?)",
        ),
        (
            keeping.EXPIRE,
            (1.0,),
            "SEARCH page USING COVERING INDEX page_fresh_until (fresh_until>? AND fresh_until<?)",
        ),
        (keeping.OLDEST, (9,), "SCAN page USING INDEX page_used_at"),
        (sweeping.WAITING, (), "SCAN page USING INDEX page_unmirrored"),
        (packing.UNPACKED, (8,), "SCAN page USING INDEX page_unpacked"),
        (keeping.TOTAL, (), "SCAN page USING COVERING INDEX page_used_at"),
        (
            addresses.MISSING,
            (HOST, "", "public", 5),
            "SEARCH address USING PRIMARY KEY (host=? AND path>?)",
        ),
    ],
)
def test_other_questions_have_their_index(ledger, sql, values, step):
    assert plan(ledger, sql, values)[0] == step


def test_what_is_missing_is_asked_for_page_by_page(ledger):
    steps = plan(ledger, addresses.MISSING, (HOST, "", "public", 5))

    assert any("SEARCH page USING COVERING INDEX sqlite_autoindex_page_1" in step for step in steps)


def test_what_readers_read_is_noted_page_by_page(ledger):
    steps = plan(ledger, keeping.NOTE_USED, ('[["a", "/", "public", 1]]', 5.0))

    assert steps[-1].startswith("SEARCH page USING")
    assert not [step for step in steps if step.startswith("SCAN page")]
