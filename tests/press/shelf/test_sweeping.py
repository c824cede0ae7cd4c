"""What a killed process left behind is removed; what is under way is left alone."""

import os

from masthead.press.shelf import Shelf, Swept
from tests.press.shelf.pages import HOST, SECRET, a_page

LONG_AGO = 1_000_000.0


def left_behind(shelf, name, *, at=LONG_AGO):
    file = shelf.pages / "ab" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x")
    os.utime(file, (at, at))
    return file


def test_files_that_nobody_names_are_removed(shelf):
    temporary = left_behind(shelf, ".new-1")
    orphan = left_behind(shelf, "abcd-1.page")
    shelf.put(a_page())

    assert shelf.sweep() == Swept(temporary=1, without_row=1, without_file=0, mirrored=0)
    assert (temporary.exists(), orphan.exists()) == (False, False)
    assert shelf.read(HOST, "/port/bridge/", "public") == a_page()


def test_a_file_of_a_print_under_way_stays(shelf, clock):
    import time

    young = left_behind(shelf, "abcd-1.page", at=time.time() - 60)

    shelf.sweep()

    assert young.exists()


def test_a_page_of_long_ago_stays(shelf):
    shelf.put(a_page())
    [file] = shelf.pages.glob("*/*")
    os.utime(file, (LONG_AGO, LONG_AGO))

    assert shelf.sweep() == Swept(0, 0, 0, 0)
    assert file.exists()


def test_a_row_whose_file_was_lost_is_forgotten(shelf):
    shelf.put(a_page())
    [file] = shelf.pages.glob("*/*")
    file.unlink()

    assert shelf.sweep().without_file == 1
    assert shelf.state(HOST, "/port/bridge/", "public") is None


def test_a_mirror_that_was_switched_on_is_filled(shelf, folder):
    shelf.put(a_page())
    shelf.put(a_page("/gone/", status=410))

    mirrored = Shelf(folder, secret=SECRET, mirror=True)

    assert (mirrored.sweep().mirrored, mirrored.sweep().mirrored) == (1, 0)
    assert len(list(mirrored.mirror.folder.rglob("*.gz"))) == 1
    assert list(mirrored.verify()) == []


def test_a_copy_that_could_not_be_written_is_written_later(mirrored):
    in_the_way = mirrored.mirror.folder / "public"
    in_the_way.parent.mkdir()
    in_the_way.write_text("x")
    mirrored.put(a_page())
    mirrored.put(a_page("/port/?before=3"))
    in_the_way.unlink()

    assert (mirrored.mend_mirror(), mirrored.mend_mirror()) == (1, 0)
    assert mirrored.mirror.file(HOST, "/port/bridge/").exists()


def test_without_a_mirror_there_is_nothing_to_mend(shelf):
    shelf.put(a_page())

    assert shelf.mend_mirror() == 0
