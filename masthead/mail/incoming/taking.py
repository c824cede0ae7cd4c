"""An incoming message, written down as feedback."""

from datetime import datetime

from masthead.mail.feedback import Came, find_about, note_feedback
from masthead.mail.incoming.reading import Reading, key_of, read_message
from masthead.mail.models import Feedback


def take_message(raw: bytes, *, way_in: str, at: datetime, recipient: str = "") -> list[Feedback]:
    """
    What is new of what it says, with its effects; empty when it was read before.

    recipient: the envelope's, where whoever brings the message knows it.
    """
    key = key_of(raw)
    taken = []
    for number, reading in enumerate(read_message(raw, recipient=recipient)):
        came = Came(
            key=f"{key}:{number}" if number else key,
            kind=reading.kind,
            about=reading.about or _about(reading),
            address=reading.address,
            code=reading.code,
            detail=reading.words,
        )
        feedback = note_feedback(came=came, way_in=way_in, at=at)
        if feedback is not None:
            taken.append(feedback)
    return taken


def find_taken(raw: bytes) -> Feedback | None:
    """What was written down of this message; its headers are enough to know it by."""
    return Feedback.objects.filter(key=key_of(raw)).first()


def _about(reading: Reading) -> str:
    return next(filter(None, map(find_about, reading.names)), "")
