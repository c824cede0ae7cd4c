"""A post office whose carrier says what a test wants it to say."""

from collections.abc import Callable
from typing import Any

import pytest

from masthead.mail import jobs
from masthead.mail.models import Letter
from masthead.mail.post import write_letter
from masthead.mail.printing import PrintedMail
from masthead.mail.senders import Sender
from masthead.mail.transport import Fate, Mail, Outcome
from tests.factories import NOON

CY = "cy@reader.example"


class Carrier:
    """Answers as told, the last answer again and again; keeps what it was handed."""

    name = "carrier"
    most_lines = 1

    def __init__(self) -> None:
        self.answers: list[Outcome | BaseException] = [Outcome(Fate.ACCEPTED)]
        self.mails: list[Mail] = []
        self.will_open: Exception | None = None

    def open(self) -> "Carrier":
        if self.will_open:
            raise self.will_open
        return self

    def send(self, mail: Mail) -> Outcome:
        self.mails.append(mail)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def close(self) -> None:
        pass


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    made = Carrier()
    monkeypatch.setattr(jobs, "transport", lambda: made)
    return made


@pytest.fixture
def a_letter(db: None, clock: Any) -> Callable[..., Letter]:
    def write(key: str = "confirm:1", to: str = CY, **more: Any) -> Letter:
        return write_letter(
            **{
                "key": key,
                "kind": "readers.confirm",
                "to": to,
                "mail": PrintedMail("Is it you?", "<p>Yes, Zoë</p>", "Yes, Zoë\n"),
                "sender": Sender("The Harbour Courier"),
                "at": NOON,
            }
            | more
        )

    return write
