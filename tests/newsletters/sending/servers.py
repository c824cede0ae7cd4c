"""A transport that answers as it is told, and remembers what it took."""

import threading
from collections import Counter
from email import message_from_bytes, policy

from masthead.mail.transport import Fate, Line, Mail, Outcome

ACCEPTED = Outcome(Fate.ACCEPTED, 250, "ok", "Q1")
REFUSED = Outcome(Fate.REFUSED, 550, "nobody of that name")
LATER = Outcome(Fate.DEFERRED, 450, "greylisted")
AWAY = Outcome(Fate.DEFERRED, None, "no route", whole=True)
SILENT = Outcome(Fate.IN_DOUBT, None, "hung up")


class Server:
    """
    says: by the local part of an address, what is answered, one after the other; else ACCEPTED.
    before: called with each mail before it is answered, from the line's thread.
    """

    name = "test"

    def __init__(self, says=None, *, lines=2, before=None):
        self.says = {name: list(answers) for name, answers in (says or {}).items()}
        self.most_lines = lines
        self.before = before or (lambda mail: None)
        self.lock = threading.Lock()
        self.taken: list[Mail] = []

    def open(self) -> Line:
        return self

    def close(self) -> None: ...

    def send(self, mail: Mail) -> Outcome:
        self.before(mail)
        with self.lock:
            answers = self.says.get(mail.recipient.partition("@")[0], [])
            outcome = answers.pop(0) if answers else ACCEPTED
            if outcome.fate in {Fate.ACCEPTED, Fate.IN_DOUBT}:
                self.taken.append(mail)
        return outcome

    def took(self):
        return dict(Counter(mail.recipient.partition("@")[0] for mail in self.taken))

    def message_to(self, name):
        [mail] = [each for each in self.taken if each.recipient.startswith(f"{name}@")]
        return message_from_bytes(mail.data, policy=policy.default)
