from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.template import engines

import masthead.pictures
from masthead.pictures.queries import PictureData

FERRY = PictureData(
    id=1,
    width=1000,
    height=500,
    alt='A "white" ferry',
    caption="",
    credit="",
    licence="own",
    focal=(50, 50),
    colour="#c82828",
    ready=True,
    sources=[{"type": "image/avif", "srcset": "/media/400.avif 400w"}],
    src="/media/400.jpg",
    srcset="/media/400.jpg 400w",
    largest="/media/400.jpg",
    largest_width=400,
    largest_height=200,
)
WAITING = replace(FERRY, ready=False, sources=[], src="", srcset="")


def shown(data: PictureData | None, **how: Any) -> str:
    template = engines["readers"].from_string(
        '{% from "pictures/picture.html" import picture %}{{ picture(data, **how) }}'
    )
    return str(template.render({"data": data, "how": how})).strip()


def test_a_picture_is_shown_with_every_copy() -> None:
    assert shown(FERRY, sizes="50vw") == (
        "<picture>"
        '<source type="image/avif" srcset="/media/400.avif 400w" sizes="50vw">'
        '<img src="/media/400.jpg" srcset="/media/400.jpg 400w" sizes="50vw"'
        ' width="1000" height="500" alt="A &#34;white&#34; ferry" loading="lazy"'
        ' decoding="async"></picture>'
    )


def test_the_lead_picture_is_fetched_first() -> None:
    html = shown(FERRY, eager=True)

    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_a_focal_point_becomes_classes_and_no_style() -> None:
    html = shown(replace(FERRY, focal=(33, 96)), **{"class": "card__picture"})

    assert ' class="card__picture focus focus-x-30 focus-y-100"' in html
    assert "style" not in html


def test_every_focus_class_has_its_rule() -> None:
    folder = Path(masthead.pictures.__file__).parent
    css = (folder / "static/masthead/css/focus.css").read_text()

    for percent in range(101):
        classes = shown(replace(FERRY, focal=(percent, percent))).partition('class="')[2]
        for name in classes.partition('"')[0].split():
            assert f".{name} {{" in css


def test_a_decorative_picture_has_an_empty_alt() -> None:
    assert ' alt="" ' in shown(FERRY, alt="")


def test_a_picture_without_copies_keeps_its_place() -> None:
    html = shown(WAITING, **{"class": "lead"})

    assert html == (
        '<svg class="lead" width="1000" height="500" viewBox="0 0 1000 500"'
        ' preserveAspectRatio="xMidYMid slice" role="img" aria-label="A &#34;white&#34; ferry">'
        '<rect width="100%" height="100%" fill="#c82828"/></svg>'
    )


def test_no_picture_shows_nothing() -> None:
    assert shown(None) == ""


@pytest.mark.parametrize("name", ["loading", "style"])
def test_a_wrong_argument_is_said(name: str) -> None:
    with pytest.raises(TypeError, match=name):
        shown(FERRY, **{name: "x"})
