"""Jobs for the tests: errands that leave a note in `notes`, or fail."""

from django.db import transaction

from masthead.jobs.decorator import job

notes: list[str] = []


@job()
def leave_note(*, text: str) -> None:
    notes.append(text)


@job(unique=True)
def leave_one_note(*, text: str) -> None:
    notes.append(text)


@job(unique="note about {article_id}")
def note_article(*, article_id: int, text: str) -> None:
    notes.append(f"{article_id}: {text}")


@job(retries=2)
def fail(*, text: str) -> None:
    notes.append(text)
    raise ValueError(f"cannot deliver {text}")


@job(retries=9, give_up_after_seconds=60)
def hurry(*, text: str) -> None:
    notes.append(text)
    raise ValueError(text)


@job(retries=0)
def quit_program(**_: object) -> None:
    raise SystemExit(3)


@job()
def pass_it_on(*, text: str) -> None:
    with transaction.atomic():
        leave_note.later(text=text)


def not_a_job(*, text: str) -> None:
    notes.append(text)
