"""Tampering is found, and nothing that is merely under way."""

from dataclasses import replace

import pytest

from masthead.press.shelf import pack
from tests.press.shelf.pages import HOST, SECRET, a_page

BRIDGE = (HOST, "/port/bridge/", "public")


def the_file(shelf):
    [file] = shelf.pages.glob("*/*.page")
    return file


def because(shelf):
    return [fault.because for fault in shelf.verify()]


@pytest.fixture
def filled(shelf):
    shelf.put(a_page())
    return shelf


def test_a_shelf_as_it_should_be_has_no_fault(filled):
    assert because(filled) == []


def test_a_fault_names_the_page_and_its_file(filled):
    the_file(filled).write_bytes(b"")

    [fault] = filled.verify()

    assert (fault.host, fault.target, fault.variant) == BRIDGE
    assert filled.pages / fault.file == the_file(filled)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda data: data.replace(b'"status":200', b'"status":203'),
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data[: len(data) // 2],
        lambda data: data + b"<script>",
        lambda data: b"",
    ],
    ids=["a header", "the seal", "cut", "longer", "empty"],
)
def test_a_container_that_was_changed_is_found(filled, tamper):
    file = the_file(filled)
    file.write_bytes(tamper(file.read_bytes()))

    assert because(filled) == ["The seal does not fit."]


def test_a_missing_file_is_found(filled):
    the_file(filled).unlink()

    assert because(filled) == ["The file is missing."]


def test_a_sealed_page_at_anothers_place_is_found(filled):
    the_file(filled).write_bytes(pack(a_page("/x/"), secret=SECRET))

    assert because(filled) == ["The file holds another page."]


def test_an_old_print_brought_back_is_found(filled):
    the_file(filled).write_bytes(pack(replace(a_page(), printed_at=1.0), secret=SECRET))

    assert because(filled) == ["File and ledger tell different things."]


def test_a_ledger_that_lost_a_key_is_found(filled):
    filled.ledger.connection().execute("DELETE FROM page_key WHERE key = 's12'")

    assert because(filled) == ["The ledger has other keys."]


def test_a_changed_copy_in_the_mirror_is_found(mirrored):
    mirrored.put(a_page())
    [copy] = mirrored.mirror.folder.rglob("*.gz")
    copy.write_bytes(b"other")

    assert because(mirrored) == ["The copy in the mirror differs."]


def test_files_that_no_row_names_are_not_served_and_no_fault(filled):
    file = the_file(filled)
    file.with_name("x.page").write_bytes(b"x")
    file.with_name(".new-x").write_bytes(b"x")

    assert because(filled) == []
