import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from masthead.jobs.models import Job
from masthead.pictures import jobs, workshop
from masthead.pictures.jobs import copies_folder, make_copies, sweep_copies
from masthead.pictures.looking import WorkshopFailed
from masthead.pictures.models import CopiesState, Picture

from .corpus import (
    XMP,
    a_jpeg,
    a_picture,
    as_bytes,
    gps_exif,
    turned_exif,
    two_halves,
)

Adding = Callable[..., Picture]


def widths(picture: Picture, name: str) -> list[int]:
    return [copy["width"] for copy in picture.copies if copy["format"] == name]


def open_copy(picture: Picture, root: Path, *, ending: str) -> Image.Image:
    path = next(copy["path"] for copy in picture.copies if copy["path"].endswith(ending))
    return Image.open(root / path)


def test_copies_are_made_in_three_formats_and_never_enlarged(copied: Adding) -> None:
    picture = copied(a_jpeg(width=1300, height=650))

    assert picture.copies_state == CopiesState.READY
    assert widths(picture, "avif") == [400, 800, 1200]
    assert widths(picture, "webp") == [400, 800, 1200]
    assert widths(picture, "jpeg") == [400, 800, 1200]
    assert {copy["width"] / copy["height"] for copy in picture.copies} == {2.0}


def test_avif_stops_at_1200(copied: Adding) -> None:
    picture = copied(a_jpeg(width=1700, height=850))

    assert widths(picture, "avif") == [400, 800, 1200]
    assert widths(picture, "webp") == [400, 800, 1200, 1600]


def test_a_small_picture_gets_one_copy_at_its_own_width(copied: Adding) -> None:
    picture = copied(a_jpeg(width=120, height=90))

    assert widths(picture, "jpeg") == [120]


def test_each_copy_is_what_its_row_says(copied: Adding, media_root: Path) -> None:
    picture = copied(a_jpeg(width=900, height=450))

    for copy in picture.copies:
        file = media_root / copy["path"]
        with Image.open(file) as image:
            assert (image.format.lower(), *image.size) == (
                copy["format"],
                copy["width"],
                copy["height"],
            )
        assert file.stat().st_size == copy["bytes"]


def test_copies_stand_upright(copied: Adding, media_root: Path) -> None:
    picture = copied(as_bytes(two_halves(), exif=turned_exif(6)))

    assert (picture.width, picture.height) == (600, 900)
    with open_copy(picture, media_root, ending="400.jpg") as image:
        assert image.size == (400, 600)
        top, bottom = image.getpixel((200, 50)), image.getpixel((200, 550))
    assert top[0] > top[2]
    assert bottom[2] > bottom[0]


def test_the_place_is_taken_out_and_the_maker_kept(copied: Adding, media_root: Path) -> None:
    picture = copied(as_bytes(a_picture(), exif=gps_exif(), xmp=XMP))

    for ending in ("400.jpg", "400.webp", "400.avif"):
        with open_copy(picture, media_root, ending=ending) as image:
            assert 0x8825 not in image.getexif()
            xmp = image.info["xmp"].decode()
        for kept in ("Ines Varga", "Quay Pictures", "© Quay Pictures 2026"):
            assert kept in xmp


def test_the_credit_given_at_the_desk_travels_when_the_file_names_nobody(
    copied: Adding, media_root: Path
) -> None:
    picture = copied(credit="Quay & Sons")

    with open_copy(picture, media_root, ending="400.webp") as image:
        assert b"Quay &amp; Sons" in image.info["xmp"]


@pytest.mark.parametrize(
    ("mode", "colour", "kind"),
    [
        ("P", 0, "PNG"),
        ("1", 1, "PNG"),
        ("L", 90, "PNG"),
        ("LA", (90, 128), "PNG"),
        ("RGBA", (200, 40, 40, 0), "PNG"),
        ("I;16", 40_000, "PNG"),
        ("CMYK", (0, 200, 200, 20), "JPEG"),
        ("P", 0, "GIF"),
        ("RGBA", (200, 40, 40, 0), "WEBP"),
    ],
)
def test_every_kind_of_pixel_becomes_rgb(
    copied: Adding, media_root: Path, mode: str, colour: Any, kind: str
) -> None:
    data = as_bytes(a_picture(mode=mode, colour=colour, width=500), kind)

    picture = copied(data, name=f"ferry.{kind.lower()}")

    assert picture.copies_state == CopiesState.READY
    with open_copy(picture, media_root, ending="400.jpg") as image:
        assert image.mode == "RGB"


def test_the_average_colour_is_kept(copied: Adding) -> None:
    picture = copied(as_bytes(a_picture(colour=(10, 20, 30)), "PNG"), name="dark.png")

    assert picture.colour == "#0a141e"


def test_sixteen_bit_greys_keep_their_brightness(copied: Adding) -> None:
    grey = as_bytes(a_picture(mode="I;16", colour=128 * 256), "PNG")

    assert copied(grey, name="grey.png").colour == "#808080"


def test_transparency_is_put_on_white(copied: Adding) -> None:
    clear = as_bytes(a_picture(mode="RGBA", colour=(0, 0, 0, 0)), "PNG")

    assert copied(clear, name="clear.png").colour == "#ffffff"


def test_a_second_call_does_nothing(copied: Adding, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = copied()
    monkeypatch.setattr(jobs, "run_workshop", lambda *_: pytest.fail("made again"))

    make_copies(picture_id=picture.pk)


def test_lost_copies_are_made_again(copied: Adding, media_root: Path) -> None:
    picture = copied()
    lost = media_root / picture.copies[0]["path"]
    lost.unlink()

    make_copies(picture_id=picture.pk)

    assert lost.is_file()


def test_a_deleted_picture_is_no_error(db: None) -> None:
    make_copies(picture_id=404)


def test_adding_asks_for_copies_in_the_same_transaction(added: Adding) -> None:
    picture = added()

    assert [job.arguments["kwargs"] for job in Job.objects.filter(task=make_copies.path)] == [
        {"picture_id": picture.pk}
    ]
    assert picture.copies_state == CopiesState.WAITING


def test_a_file_that_went_bad_marks_only_its_own_picture(added: Adding) -> None:
    bad, good = added(), added(name="other.jpg")
    Path(bad.file.path).write_bytes(b"not a picture any more")

    make_copies(picture_id=bad.pk)
    make_copies(picture_id=good.pk)

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.copies_state, bad.copies) == (CopiesState.FAILED, [])
    assert bad.copies_error == "This file is not a picture that can be read."
    assert good.copies_state == CopiesState.READY


def test_a_missing_original_is_said(added: Adding) -> None:
    picture = added()
    Path(picture.file.path).unlink()

    make_copies(picture_id=picture.pk)

    picture.refresh_from_db()
    assert picture.copies_error == "The original file is missing. Upload it again."


def test_a_stopped_workshop_leaves_nothing_and_is_tried_again(
    added: Adding, media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = added(as_bytes(a_picture(width=3000, height=3000).effect_spread(30)))
    real = subprocess.Popen

    def killed_soon(*args: Any, **kwargs: Any) -> Any:
        process = real(*args, **kwargs)
        folder = media_root / copies_folder(picture)
        deadline = time.monotonic() + 10
        while not folder.exists() and time.monotonic() < deadline:
            time.sleep(0.005)
        (folder / f".1600.jpg.{process.pid}.part").write_bytes(b"half")
        process.send_signal(signal.SIGKILL)
        return process

    monkeypatch.setattr(subprocess, "Popen", killed_soon)
    with pytest.raises(WorkshopFailed):
        make_copies(picture_id=picture.pk)

    left = [file for file in media_root.glob("pictures/**/*") if file.is_file()]
    for file in left:
        with Image.open(file) as image:
            image.load()
    picture.refresh_from_db()
    assert picture.copies_state == CopiesState.FAILED
    monkeypatch.setattr(subprocess, "Popen", real)
    make_copies(picture_id=picture.pk)
    picture.refresh_from_db()
    assert picture.copies_state == CopiesState.READY


def test_the_workshop_hits_its_memory_wall(tmp_path: Path) -> None:
    code = (
        "from masthead.pictures import workshop; workshop._limit()\n"
        "try: bytearray(600 * 1024**2)\n"
        "except MemoryError: print('wall')"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout == b"wall\n"


def test_the_workshop_starts_without_django() -> None:
    code = f"import sys, {workshop.__name__}; print('django' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout == b"False\n"


def test_the_sweep_takes_copies_of_deleted_pictures_and_of_old_files(
    copied: Adding, media_root: Path
) -> None:
    gone, replaced, kept = copied(), copied(), copied()
    gone_folder = media_root / copies_folder(gone)
    Picture.objects.filter(pk=gone.pk).delete()
    old_folder = media_root / copies_folder(replaced)
    Picture.objects.filter(pk=replaced.pk).update(file_hash="0" * 40)
    long_ago = time.time() - 15 * 24 * 3600
    os.utime(old_folder, (long_ago, long_ago))

    sweep_copies()

    assert not gone_folder.exists()
    assert not old_folder.exists()
    assert (media_root / copies_folder(kept)).exists()


def test_the_sweep_leaves_a_file_replaced_yesterday(copied: Adding, media_root: Path) -> None:
    replaced = copied()
    folder = media_root / copies_folder(replaced)
    Picture.objects.filter(pk=replaced.pk).update(file_hash="0" * 40)

    sweep_copies()

    assert folder.exists()
