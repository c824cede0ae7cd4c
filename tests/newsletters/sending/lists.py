"""A newsletter, its readers, and an edition of it that is about to go out."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from typing import Any

from masthead.newsletters.models import (
    Edition,
    EditionCopy,
    EditionState,
    Newsletter,
    Subscription,
)
from masthead.newsletters.splicing import make_parts
from masthead.outlets.models import Outlet
from masthead.readers.models import Reader

_numbers = count(1)


def a_newsletter(outlet: Outlet, slug: str = "evening", **fields: Any) -> Newsletter:
    return Newsletter.objects.create(
        outlet=outlet, name="The evening", slug=slug, promise="Six stories at six.", **fields
    )


def on_the_list(
    newsletter: Newsletter, name: str, *, at: datetime, host: str = "readers.example", **fields: Any
) -> Reader:
    reader = Reader.objects.create(
        email=f"{name}@{host}",
        joined_at=at,
        proved_at=fields.pop("proved_at", at),
        name=fields.pop("name", ""),
    )
    Subscription.objects.create(newsletter=newsletter, reader=reader, joined_at=at, **fields)
    return reader


def an_edition(newsletter: Newsletter, *, at: datetime, **fields: Any) -> Edition:
    return Edition.objects.create(
        **{
            "newsletter": newsletter,
            "subject": "Six stories",
            "made_at": at,
            "state": EditionState.FREEZING,
        }
        | fields
    )


def copies(edition: Edition, *, at: datetime, filling: str = "") -> dict[str, EditionCopy]:
    return {
        variant: EditionCopy.objects.create(
            edition=edition,
            variant=variant,
            parts=make_parts(a_message(variant, filling)),
            html="",
            text="",
            printed_at=at,
        )
        for variant in ("public", "adfree")
    }


def a_message(variant: str = "public", filling: str = "") -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = "The Harbour Courier <news@courier.example>"
    message["Subject"] = f"Six stories ({variant})"
    message["List-Unsubscribe"] = "<@@LEAVE@@>"
    text = f"@@GREETING@@\nSix stories.\n{filling}\nChange what you get: @@PREFERENCES@@\n"
    message.set_content(text, cte="quoted-printable")
    return b"To: @@TO@@\r\nMessage-ID: <@@MESSAGE-ID@@>\r\n" + message.as_bytes()
