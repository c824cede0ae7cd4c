"""The embedded default: mails are files in the data folder, where a newcomer can read them."""

import re
from pathlib import Path

from masthead.core.files import write_first
from masthead.mail.transport import Fate, Line, Mail, Outcome


class Folder:
    """Each mail is one file, named by its key: the same mail a second time is no second file."""

    name = "folder"
    most_lines = 1

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> Line:
        return self

    def send(self, mail: Mail) -> Outcome:
        name = re.sub(r"[^A-Za-z0-9._-]", "_", mail.key)[:150]
        envelope = f"X-Envelope-From: <{mail.sender}>\r\nX-Envelope-To: <{mail.recipient}>\r\n"
        try:
            write_first(self.folder / f"{name}.eml", envelope.encode() + mail.data)
        except OSError as error:
            return Outcome(Fate.DEFERRED, answer=str(error)[:300])
        return Outcome(Fate.ACCEPTED, queue_id=name)

    def close(self) -> None:
        pass
