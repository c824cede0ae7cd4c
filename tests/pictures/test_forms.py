import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, UploadedFile

from masthead.jobs.models import Job
from masthead.pictures.jobs import make_copies
from masthead.pictures.models import CopiesState, Picture

from .corpus import XMP, a_bomb, a_jpeg, a_picture, as_bytes

Adding = Callable[..., Picture]
pytestmark = pytest.mark.usefixtures("desk")
WORDS = {"title": "Ferry", "description": "A white ferry", "licence": "own", "tags": ""}


def a_form(data: bytes, *, user: Any, name: str = "ferry.jpg", **words: Any) -> Any:
    posted = WORDS | {"caption": "", "credit": "", "source_url": "", "taken_on": ""} | words
    posted["collection"] = Collection.get_first_root_node().pk
    form = get_image_form(Picture)
    return form(posted, {"file": SimpleUploadedFile(name, data)}, user=user)


def copies_asked_for() -> list[int]:
    waiting = Job.objects.filter(task=make_copies.path).order_by("pk")
    return [job.arguments["kwargs"]["picture_id"] for job in waiting]


def test_a_new_picture_is_kept_and_its_copies_asked_for(admin_user: Any) -> None:
    form = a_form(a_jpeg(), user=admin_user)

    assert form.is_valid(), form.errors
    picture = form.save()

    assert (picture.width, picture.height, picture.description) == (1000, 500, "A white ferry")
    assert copies_asked_for() == [picture.pk]


def test_alternative_text_is_required(admin_user: Any) -> None:
    form = a_form(a_jpeg(), user=admin_user, description=" ")

    assert form.errors == {
        "description": ["Say what somebody who cannot see the picture needs to know."]
    }


def test_empty_fields_are_filled_from_the_file(admin_user: Any) -> None:
    form = a_form(as_bytes(a_picture(), xmp=XMP), user=admin_user, description="")

    assert form.is_valid(), form.errors
    picture = form.save()

    assert picture.description == "A white ferry"
    assert picture.caption == "The ferry at dawn."
    assert picture.credit == "Ines Varga / Quay Pictures"
    assert picture.taken_on == date(2026, 11, 16)


def test_what_was_typed_wins_over_the_file(admin_user: Any) -> None:
    form = a_form(as_bytes(a_picture(), xmp=XMP), user=admin_user, caption="Typed.")

    assert form.is_valid(), form.errors
    assert form.save().caption == "Typed."


def test_a_bad_file_is_refused_with_one_sentence_and_keeps_the_words(admin_user: Any) -> None:
    form = a_form(a_bomb(), user=admin_user, name="chart.png", caption="Prices.")

    assert form.errors == {
        "file": ["This picture has 169 million pixels; at most 40 million are accepted."]
    }
    assert form["caption"].value() == "Prices."
    assert Picture.objects.count() == 0


def test_an_empty_file_is_refused_with_one_sentence(admin_user: Any) -> None:
    form = a_form(b"", user=admin_user)

    assert form.errors == {"file": ["This file is empty. Please choose the picture again."]}


def test_a_changed_word_makes_no_new_copies(copied: Adding, admin_client: Any) -> None:
    picture = copied()
    Job.objects.all().delete()

    edit(admin_client, picture, caption="New words.")

    picture.refresh_from_db()
    assert (picture.caption, picture.copies_state) == ("New words.", CopiesState.READY)
    assert copies_asked_for() == []


def test_a_changed_file_makes_new_copies(copied: Adding, admin_client: Any) -> None:
    picture = copied()
    Job.objects.all().delete()

    new_file = SimpleUploadedFile("new.jpg", a_jpeg(width=600, height=600))
    edit(admin_client, picture, file=new_file)

    picture.refresh_from_db()
    assert (picture.copies, picture.copies_state) == ([], CopiesState.WAITING)
    assert (picture.width, picture.height) == (600, 600)
    assert copies_asked_for() == [picture.pk]


def edit(client: Any, picture: Picture, **changed: Any) -> None:
    posted = WORDS | {"caption": "", "credit": "", "source_url": "", "taken_on": ""} | changed
    posted |= {"collection": picture.collection_id}
    answer = client.post(reverse("wagtailimages:edit", args=[picture.pk]), posted)
    assert answer.headers.get("Location") == reverse("wagtailimages:index")


# Wagtail leaves the temporary file of a new thumbnail to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_chooser_adds_a_picture_and_asks_for_copies(admin_client: Any) -> None:
    prefix = "image-chooser-upload-"
    posted = {f"{prefix}{name}": value for name, value in WORDS.items()}
    posted |= {
        f"{prefix}collection": Collection.get_first_root_node().pk,
        f"{prefix}file": SimpleUploadedFile("ferry.jpg", a_jpeg()),
    }

    answer = admin_client.post(reverse("wagtailimages_chooser:create"), posted)
    gc.collect()

    assert answer.status_code == 200
    assert copies_asked_for() == [Picture.objects.get().pk]


def upload(client: Any, data: bytes, name: str) -> dict[str, Any]:
    posted = {
        "title": name,
        "collection": Collection.get_first_root_node().pk,
        "files[]": SimpleUploadedFile(name, data),
    }
    answer: dict[str, Any] = client.post(reverse("wagtailimages:add_multiple"), posted).json()
    return answer


def test_of_several_at_once_only_the_bad_one_is_refused(admin_client: Any) -> None:
    bad = upload(admin_client, a_bomb(), "chart.png")
    good = upload(admin_client, a_jpeg(), "ferry.jpg")

    assert bad == {
        "success": False,
        "error_message": "This picture has 169 million pixels; at most 40 million are accepted.",
    }
    assert good["success"]
    assert UploadedFile.objects.count() == 1


def test_several_at_once_ask_for_words_and_show_those_in_the_file(admin_client: Any) -> None:
    answer = upload(admin_client, as_bytes(a_picture(), xmp=XMP), "ferry.jpg")

    assert "The ferry at dawn." in answer["form"]
    assert 'value="A white ferry"' in answer["form"]
    assert Picture.objects.count() == 0


def test_several_at_once_become_pictures_with_their_words(
    admin_client: Any, media_root: Path
) -> None:
    waiting = upload(admin_client, as_bytes(a_picture(), xmp=XMP), "ferry.jpg")["uploaded_file_id"]
    prefix = f"uploaded-image-{waiting}-"
    posted = {f"{prefix}{name}": value for name, value in WORDS.items()}
    posted[f"{prefix}collection"] = Collection.get_first_root_node().pk

    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting])
    answer = admin_client.post(address, posted).json()

    picture = Picture.objects.get()
    assert answer == {"success": True, "image_id": picture.pk}
    assert (picture.width, picture.height, picture.caption) == (1000, 500, "")
    assert picture.file_hash
    assert copies_asked_for() == [picture.pk]
    assert UploadedFile.objects.count() == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_accepted_kind_is_accepted(admin_user: Any, kind: str) -> None:
    data = as_bytes(a_picture(width=500), kind)

    form = a_form(data, user=admin_user, name=f"ferry.{kind.lower()}")

    assert form.is_valid(), form.errors
