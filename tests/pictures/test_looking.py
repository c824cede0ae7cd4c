from datetime import date
from typing import Any

import pytest

from masthead.pictures.looking import PictureRefused, look_at

from .corpus import (
    XMP,
    a_bomb,
    a_jpeg,
    a_picture,
    a_svg,
    as_bytes,
    gps_exif,
    turned_exif,
    with_iptc,
)


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(PictureRefused) as refused:
        look_at(data=data, name=name)
    return str(refused.value)


def test_a_bomb_is_refused_by_its_header() -> None:
    assert refusal(a_bomb(), "chart.png") == (
        "This picture has 169 million pixels; at most 40 million are accepted."
    )


def test_a_truncated_jpeg_is_refused() -> None:
    whole = as_bytes(a_picture().effect_spread(40))

    assert refusal(whole[: len(whole) // 2], "ferry.jpg") == (
        "This picture is damaged or incomplete: it cannot be read to its end."
    )


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "AVIF"])
def test_a_truncated_file_of_any_kind_is_refused(kind: str) -> None:
    whole = as_bytes(a_picture().effect_spread(40), kind)

    said = refusal(whole[: len(whole) // 2], f"ferry.{kind.lower()}")

    assert said in {
        "This picture is damaged or incomplete: it cannot be read to its end.",
        "This file is not a picture that can be read.",
    }


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("name", ["map.svg", "map.png"])
def test_an_svg_is_refused_under_any_name(script: bool, name: str) -> None:
    assert refusal(a_svg(script=script), name) == (
        "SVG drawings can carry programs and are not accepted. Save the drawing as PNG instead."
    )


def test_a_png_called_jpg_is_refused() -> None:
    assert refusal(as_bytes(a_picture(), "PNG"), "ferry.jpg") == (
        "This file is called “.jpg” but contains a PNG picture. Save it again under the right name."
    )


def test_an_unknown_extension_is_refused() -> None:
    assert refusal(as_bytes(a_picture(), "TIFF"), "ferry.tiff") == (
        "Files ending in “.tiff” are not accepted as pictures."
        " Accepted: avif, gif, jpg, jpeg, png, webp."
    )


def test_a_tiff_called_jpg_is_not_opened() -> None:
    assert refusal(as_bytes(a_picture(), "TIFF"), "ferry.jpg") == (
        "This file is not a picture that can be read."
    )


def test_text_called_jpg_is_refused() -> None:
    assert refusal(b"Dear desk, the picture follows.", "ferry.jpg") == (
        "This file is not a picture that can be read."
    )


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"", "ferry.jpg") == "This file is empty. Please choose the picture again."


def test_a_file_of_too_many_bytes_is_refused(settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1024

    assert refusal(a_jpeg(), "ferry.jpg").endswith("at most 1.0\xa0KB. Save it smaller.")


@pytest.mark.parametrize("code", [b"<script>alert(1)</script>", b"<!DOCTYPE html><p>", b"<HTML >"])
def test_a_picture_that_is_also_a_web_page_is_refused(code: bytes) -> None:
    assert refusal(a_jpeg() + code, "ferry.jpg") == (
        "This file carries web page code beside its pixels. Save it again as a plain picture."
    )


def test_a_ribbon_is_refused() -> None:
    assert refusal(a_jpeg(width=2000, height=100), "ferry.jpg") == (
        "This picture is 2000 × 100 pixels, more than ten times as long as it is wide."
        " Crop it first."
    )


def test_a_picture_on_its_side_is_measured_upright() -> None:
    look = look_at(data=as_bytes(a_picture(), exif=turned_exif(6)), name="ferry.jpg")

    assert (look.width, look.height) == (500, 1000)


def test_words_are_read_from_xmp() -> None:
    look = look_at(data=as_bytes(a_picture(), xmp=XMP), name="ferry.jpg")

    assert (look.caption, look.alt) == ("The ferry at dawn.", "A white ferry")
    assert look.credit_line == "Ines Varga / Quay Pictures"
    assert look.copyright == "© Quay Pictures 2026"
    assert look.taken_on == date(2026, 11, 16)


@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_words_are_read_from_other_kinds(kind: str) -> None:
    data = as_bytes(a_picture(), kind, xmp=XMP)

    assert look_at(data=data, name=f"ferry.{kind.lower()}").alt == "A white ferry"


def test_words_are_read_from_iptc_in_an_old_encoding() -> None:
    records = {
        (2, 120): "Fähre im Hafen".encode("cp1252"),
        (2, 80): b"Ines Varga",
        (2, 110): b"Quay Pictures",
        (2, 55): b"20261116",
    }

    look = look_at(data=with_iptc(a_jpeg(), records), name="ferry.jpg")

    assert look.caption == "Fähre im Hafen"
    assert look.credit_line == "Ines Varga / Quay Pictures"
    assert look.taken_on == date(2026, 11, 16)


def test_the_artist_is_read_from_exif() -> None:
    look = look_at(data=as_bytes(a_picture(), exif=gps_exif()), name="ferry.jpg")

    assert look.credit_line == "Ines Varga"


def test_an_entity_bomb_in_xmp_is_left_unread() -> None:
    bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + XMP.split(b"?>", 1)[1]

    look = look_at(data=as_bytes(a_picture(), xmp=bomb), name="ferry.jpg")

    assert look.caption == ""
