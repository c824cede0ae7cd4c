from collections.abc import Callable
from typing import Any

from masthead.pictures.models import CopiesState, Licence, Picture
from masthead.pictures.queries import picture_data

from .corpus import a_jpeg

Adding = Callable[..., Picture]


def test_many_pictures_cost_one_query(
    added: Adding, django_assert_num_queries: Callable[[int], Any]
) -> None:
    ids = [added().pk for _ in range(3)]

    with django_assert_num_queries(1):
        data = picture_data([*ids, None, 404])

    assert list(data) == ids


def test_pictures_at_hand_cost_no_query(
    added: Adding, django_assert_num_queries: Callable[[int], Any]
) -> None:
    picture = added()

    with django_assert_num_queries(0):
        data = picture_data([picture])

    assert data[picture.pk].alt == "A white ferry at the quay"


def test_data_of_a_picture_with_copies(copied: Adding) -> None:
    picture = copied(
        a_jpeg(width=1700, height=850), credit="Ines Varga", licence=Licence.CC_BY, focal=(30, 70)
    )
    folder = "/media/" + picture.copies[0]["path"].rpartition("/")[0]

    data = picture_data([picture.pk])[picture.pk]

    assert data.ready
    assert (data.width, data.height, data.focal) == (1700, 850, (30, 70))
    assert (data.credit, data.licence) == ("Ines Varga", "cc-by")
    assert [source["type"] for source in data.sources] == ["image/avif", "image/webp"]
    assert data.sources[0]["srcset"] == (
        f"{folder}/400.avif 400w, {folder}/800.avif 800w, {folder}/1200.avif 1200w"
    )
    assert data.src == f"{folder}/800.jpg"
    assert data.srcset.endswith(f"{folder}/1600.jpg 1600w")
    assert (data.largest, data.largest_width, data.largest_height) == (
        f"{folder}/1600.jpg",
        1600,
        800,
    )


def test_a_small_picture_is_its_own_middle(copied: Adding) -> None:
    picture = copied(a_jpeg(width=300, height=200))

    assert picture_data([picture])[picture.pk].src.endswith("/300.jpg")


def test_a_picture_without_copies_still_knows_its_proportions(added: Adding) -> None:
    picture = added()

    data = picture_data([picture])[picture.pk]

    assert not data.ready
    assert (data.width, data.height, data.sources, data.src, data.largest) == (
        1000,
        500,
        [],
        "",
        "",
    )


def test_copies_of_an_earlier_file_are_not_shown(copied: Adding) -> None:
    picture = copied()
    picture.copies_state = CopiesState.FAILED

    assert not picture_data([picture])[picture.pk].ready
