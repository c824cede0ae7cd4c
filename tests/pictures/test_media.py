from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.http import Http404, HttpResponseBase
from django.test import RequestFactory
from wagtail.models import Collection, CollectionViewRestriction

from masthead.pictures.models import Attachment, Picture, Recording, Rendition
from masthead.pictures.views import media

from .corpus import a_jpeg

Adding = Callable[..., Picture]


def fetch(path: str, *, user: Any = None, method: str = "GET", **headers: str) -> HttpResponseBase:
    request = RequestFactory().generic(method, f"/media/{path}", headers=headers)
    request.user = user or AnonymousUser()
    return media(request, path)


def body(response: Any) -> bytes:
    content = b"".join(response.streaming_content)
    shut(response)
    return content


def shut(response: Any) -> None:
    """Close the file; the response's own `close` would close the test's database too."""
    for file in response._resource_closers:
        file()


def is_missing(path: str, **asking: Any) -> bool:
    try:
        shut(fetch(path, **asking))
    except Http404:
        return True
    return False


@pytest.fixture
def copy(copied: Adding) -> str:
    """The path of one copy."""
    return str(copied().copies[0]["path"])


@pytest.fixture
def private(db: None) -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Leaked papers")
    inner = collection.add_child(name="Scans")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    return inner


def an_attachment(*, collection: Collection | None = None, name: str = "plan.pdf") -> Attachment:
    attachment = Attachment(title="Plan", collection=collection or Collection.get_first_root_node())
    attachment.file.save(name, ContentFile(b"%PDF-1.4", name=name))
    return attachment


def test_a_copy_is_served_for_ever_and_can_do_nothing(copy: str, media_root: Path) -> None:
    response = fetch(copy)

    assert body(response) == (media_root / copy).read_bytes()
    assert response["Content-Type"] == "image/avif"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_part_of_a_copy_can_be_asked_for(copy: str, media_root: Path) -> None:
    response = fetch(copy, Range="bytes=2-5")

    assert response.status_code == 206
    assert body(response) == (media_root / copy).read_bytes()[2:6]


def test_an_unchanged_copy_is_not_sent_again(copy: str) -> None:
    first = fetch(copy)
    shut(first)

    assert fetch(copy, **{"If-None-Match": first["ETag"]}).status_code == 304


def test_head_sends_no_body(copy: str) -> None:
    response = fetch(copy, method="HEAD")

    assert int(response["Content-Length"]) > 0
    assert body(response) == b""


def test_nothing_can_be_posted(copy: str) -> None:
    assert fetch(copy, method="POST").status_code == 405


def test_copies_are_not_compressed_again(copy: str) -> None:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})

    shut(media(request, copy))

    assert "HTTP_ACCEPT_ENCODING" not in request.META


def test_a_share_picture_is_served(db: None, media_root: Path) -> None:
    (media_root / "share").mkdir(parents=True)
    (media_root / "share/card-1.png").write_bytes(b"\x89PNG")

    assert body(fetch("share/card-1.png")) == b"\x89PNG"


def test_an_original_is_never_served(added: Adding, admin_user: Any) -> None:
    picture = added()

    assert is_missing(picture.file.name)
    assert is_missing(picture.file.name, user=admin_user)


@pytest.mark.parametrize(
    "path",
    [
        "pictures/../original_images/ferry.jpg",
        "pictures/../../secret.key",
        "pictures//etc/passwd",
        "/etc/passwd",
        "pictures/aa/.400.jpg.77.part",
        "pictures/..\\original_images\\ferry.jpg",
        "pictures/\0",
        "pictures",
        "pictures/",
        "wagtail_uploads/ferry.jpg",
        "",
        ".",
    ],
)
def test_other_paths_are_missing(added: Adding, media_root: Path, path: str) -> None:
    added()
    (media_root.parent / "secret.key").write_text("secret")
    (media_root / "pictures/aa").mkdir(parents=True)
    (media_root / "pictures/aa/.400.jpg.77.part").write_bytes(b"half")

    assert is_missing(path)


def test_a_link_that_leads_out_is_not_followed(media_root: Path) -> None:
    (media_root / "pictures").mkdir(parents=True)
    (media_root.parent / "secret.key").write_text("secret")
    (media_root / "pictures/way-out.jpg").symlink_to(media_root.parent / "secret.key")

    assert is_missing("pictures/way-out.jpg")


def test_a_document_is_a_download(db: None) -> None:
    response = fetch(an_attachment().file.name)

    assert body(response) == b"%PDF-1.4"
    assert response["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert response["Cache-Control"] == "public, max-age=3600"


def test_a_document_in_a_private_collection_is_missing(private: Collection) -> None:
    assert is_missing(an_attachment(collection=private).file.name)


def test_a_file_that_no_document_owns_is_missing(db: None, media_root: Path) -> None:
    (media_root / "documents").mkdir(parents=True)
    (media_root / "documents/stray.pdf").write_bytes(b"%PDF")

    assert is_missing("documents/stray.pdf")


def test_a_recording_is_played_in_place(db: None) -> None:
    recording = Recording(title="Horn", type="audio", duration=1)
    recording.file.save("horn.mp3", ContentFile(b"ID3", name="horn.mp3"))

    response = fetch(recording.file.name)

    assert (body(response), response["Content-Type"]) == (b"ID3", "audio/mpeg")
    assert "Content-Disposition" not in response.headers


def test_a_page_uploaded_as_a_recording_is_not_a_page(db: None) -> None:
    recording = Recording(title="Horn", type="audio", duration=1)
    recording.file.save("horn.html", ContentFile(b"<script>", name="horn.html"))

    response = fetch(recording.file.name)
    shut(response)

    assert response["Content-Type"] == "application/octet-stream"


def test_thumbnails_of_the_desk_are_for_those_who_may_use_the_picture(
    added: Adding, admin_user: Any, django_user_model: Any
) -> None:
    thumbnail = "images/ferry.max-165x165.jpg"
    rendition = Rendition(image=added(), filter_spec="max-165x165", width=165, height=82)
    rendition.file.save("ferry.max-165x165.jpg", ContentFile(a_jpeg(), name="ferry.jpg"))
    stranger = django_user_model.objects.create_user(email="cy@news.example", password="x")

    response = fetch(thumbnail, user=admin_user)
    shut(response)

    assert response["Cache-Control"] == "private, max-age=3600"
    assert is_missing(thumbnail)
    assert is_missing(thumbnail, user=stranger)
