"""Making copies of pictures, and taking away those that nobody needs any more."""

import logging
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.jobs.decorator import job
from masthead.jobs.schedule import daily, every
from masthead.pictures.looking import PictureRefused, WorkshopFailed, run_workshop
from masthead.pictures.models import CopiesState, Picture

log = logging.getLogger(__name__)
FOLDER = "pictures"
OVERDUE_SECONDS = 600
# A page of the last release is shown for 10 days when the program behind it is down.
KEEP_OLD_SECONDS = 14 * 24 * 3600
STALE_PART_SECONDS = 24 * 3600


@job(
    retries=5,
    give_up_after_seconds=3600,
    priority=4,  # below releases: search and lists never wait for a heap of new pictures
    lease_seconds=120,
    unique="picture {picture_id}",
)
def make_copies(*, picture_id: int) -> None:
    """
    Make the copies that pages show, and say so in the picture's row with one UPDATE.

    At least once; a second call finds the copies and does nothing. Files appear whole under their
    name or not at all. A picture that cannot be copied is marked FAILED with a sentence; a
    workshop that was stopped is an error too, and the job is tried again.
    """
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None or _has_copies(picture):
        return
    if not picture.file.storage.exists(picture.file.name):
        _mark_failed(picture, _("The original file is missing. Upload it again."))
        return
    folder = copies_folder(picture)
    try:
        answer = run_workshop("copy", picture.file.path, str(_root() / folder), picture.credit)
    except PictureRefused as refused:
        _mark_failed(picture, str(refused))
        return
    except WorkshopFailed:
        _mark_failed(picture, _("Making the copies was interrupted."))
        raise
    for copy in answer["copies"]:
        copy["path"] = f"{folder}/{copy.pop('file')}"
    _row(picture).update(
        copies=answer["copies"],
        copies_state=CopiesState.READY,
        copies_error="",
        colour=answer["colour"],
        width=answer["width"],
        height=answer["height"],
    )
    note_change(keys=[keys.picture(picture_id)], at=timezone.now())


def copies_folder(picture: Picture) -> str:
    """Where a picture's copies are, under MEDIA_ROOT; another file means another folder."""
    name = picture.public_id.hex
    # The first digits of a UUID 7 are the time, so the last ones spread better.
    return f"{FOLDER}/{name[-2:]}/{name}-{picture.get_file_hash()[:8]}"


@every(seconds=OVERDUE_SECONDS, when=lambda: overdue().exists())
def ask_for_overdue_copies() -> None:
    """Rows that came in past the form, such as those of a restored backup, get copies too."""
    for picture_id in overdue().order_by("pk").values_list("pk", flat=True)[:200]:
        make_copies.later(picture_id=picture_id)


def overdue() -> QuerySet[Picture]:
    before = timezone.now() - timedelta(seconds=OVERDUE_SECONDS)
    waiting: QuerySet[Picture] = Picture.objects.filter(
        copies_state=CopiesState.WAITING, created_at__lt=before
    )
    return waiting


@daily(at="03:40")
def sweep_copies() -> None:
    """
    Take away the copies of deleted pictures, and of files replaced more than 14 days ago.
    """
    # Folders first, rows second: a picture that comes in between keeps its copies.
    folders = list(_folders())
    current = {
        public_id.hex: file_hash[:8]
        for public_id, file_hash in Picture.objects.values_list("public_id", "file_hash")
    }
    for folder in folders:
        name, _dash, file_hash = folder.name.partition("-")
        is_old = _age_seconds(folder) > KEEP_OLD_SECONDS
        if name not in current or (is_old and current[name] != file_hash):
            shutil.rmtree(folder, ignore_errors=True)
            continue
        for part in folder.glob(".*.part"):
            if _age_seconds(part) > STALE_PART_SECONDS:
                part.unlink(missing_ok=True)


def _folders() -> Iterator[Path]:
    return (path for path in (_root() / FOLDER).glob("??/*-*") if path.is_dir())


def _age_seconds(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _has_copies(picture: Picture) -> bool:
    if picture.copies_state != CopiesState.READY:
        return False
    return all((_root() / copy["path"]).is_file() for copy in picture.copies)


def _mark_failed(picture: Picture, sentence: str) -> None:
    log.warning("No copies of picture %s: %s", picture.pk, sentence)
    _row(picture).update(copies_state=CopiesState.FAILED, copies_error=sentence[:300])


def _row(picture: Picture) -> QuerySet[Picture]:
    """The row while its file is the one we worked on; a newer file has a job of its own."""
    row: QuerySet[Picture] = Picture.objects.filter(pk=picture.pk, file_hash=picture.file_hash)
    return row


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)
