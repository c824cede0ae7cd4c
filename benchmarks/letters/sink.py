"""
A mail server that takes everything in, writes down what it took, and fails as it is told to.

`python -m benchmarks.letters.sink LOG [FAULTS as JSON]` prints its port and serves until its
input is closed. A line of the log is written before the 250 that answers for it: what is not in
it was never accepted, and what is in it twice was.
"""

import asyncio
import json
import os
import random
import re
import sys
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

_MESSAGE_ID = re.compile(rb"(?im)^Message-ID:\s*<([^>\r\n]*)>")
_PATH = re.compile(rb"<([^>]*)>")


@dataclass
class Faults:
    """
    Shares from 0 to 1. later: recipients put off with 450 the first time they are named.
    refused: with 550. closing: 421 in place of an answer to MAIL. cut: hangs up after the whole
    message, before writing it down; cut_late: after writing it down, without an answer.
    slow_seconds: how long each such answer takes of `slow` ones. per_line: messages, then 421.
    """

    later: float = 0.0
    refused: float = 0.0
    closing: float = 0.0
    cut: float = 0.0
    cut_late: float = 0.0
    slow: float = 0.0
    slow_seconds: float = 0.0
    after_dot: str = ""  # this answer instead, e.g. "452 4.3.1 Full"
    at_mail: str = ""
    at_rcpt: str = ""
    at_data: str = ""
    without: list[str] = field(default_factory=list)  # e.g. ["PIPELINING"]
    accept_data_anyway: bool = False  # 354 although no recipient was taken
    per_line: int = 0
    seed: int = 7


class Sink:
    def __init__(self, log: Path, faults: Faults | None = None) -> None:
        self.log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.faults = faults or Faults()
        self.chance = random.Random(self.faults.seed)
        self.put_off: set[bytes] = set()
        self.numbers = count(1)
        self.kept: list[bytes] | None = None  # whole messages, for who wants to look

    def note(self, sender: bytes, recipient: bytes, message: bytes) -> str:
        found = _MESSAGE_ID.search(message[: message.find(b"\r\n\r\n") + 4])
        name = f"S{next(self.numbers):08X}"
        line = b"\t".join(
            [
                name.encode(),
                recipient,
                found.group(1) if found else b"",
                sender,
                b"%d" % len(message),
            ]
        )
        os.write(self.log, line + b"\n")
        if self.kept is not None:
            self.kept.append(message)
        return name

    def happens(self, share: float) -> bool:
        return share > 0 and self.chance.random() < share


class Conversation(asyncio.Protocol):
    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.heard = bytearray()
        self.looked = 0
        self.in_data = False
        self.sender: bytes | None = None
        self.recipient: bytes | None = None
        self.taken = 0
        self.paused = False
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.say("220 sink.example ESMTP")

    def say(self, words: str) -> None:
        self.transport.write(f"{words}\r\n".encode())

    def data_received(self, data: bytes) -> None:
        self.heard += data
        self.go_on()

    def go_on(self) -> None:
        while not self.paused and not self.transport.is_closing():
            if self.in_data:
                if not self.read_message():
                    return
            else:
                end = self.heard.find(b"\n")
                if end < 0:
                    return
                line = bytes(self.heard[:end]).rstrip(b"\r")
                del self.heard[: end + 1]
                self.command(line)

    def slowly(self, then: Any) -> None:
        """After the slow answer's time, and nothing else is read before that."""
        faults = self.sink.faults
        if not self.sink.happens(faults.slow):
            then()
            return
        self.paused = True

        def later() -> None:
            self.paused = False
            if not self.transport.is_closing():
                then()
                self.go_on()

        asyncio.get_running_loop().call_later(faults.slow_seconds, later)

    def command(self, line: bytes) -> None:
        verb = line[:4].upper()
        if verb == b"EHLO":
            extensions = ["PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 50000000"]
            told = [each for each in extensions if each.split()[0] not in self.sink.faults.without]
            names = ["sink.example", *told]
            for name in names[:-1]:
                self.say(f"250-{name}")
            self.say(f"250 {names[-1]}")
        elif verb == b"MAIL":
            self.mail(line)
        elif verb == b"RCPT":
            self.slowly(lambda: self.rcpt(line))
        elif verb == b"DATA":
            self.data()
        elif verb == b"RSET":
            self.sender = self.recipient = None
            self.say("250 2.0.0 Ok")
        elif verb == b"QUIT":
            self.say("221 2.0.0 Bye")
            self.transport.close()
        else:
            self.say("250 2.0.0 Ok" if verb in {b"HELO", b"NOOP"} else "502 5.5.2 Not known")

    def mail(self, line: bytes) -> None:
        faults = self.sink.faults
        used_up = 0 < faults.per_line <= self.taken
        if used_up or self.sink.happens(faults.closing):
            self.say("421 4.3.2 Closing")
            self.transport.close()
        elif faults.at_mail:
            self.say(faults.at_mail)
        elif self.sender is not None:
            self.say("503 5.5.1 Nested MAIL")
        else:
            found = _PATH.search(line)
            self.sender = found.group(1) if found else b""
            self.say("250 2.1.0 Ok")

    def rcpt(self, line: bytes) -> None:
        faults, found = self.sink.faults, _PATH.search(line)
        recipient = found.group(1) if found else b""
        if self.sender is None:
            self.say("503 5.5.1 Need MAIL")
        elif faults.at_rcpt:
            self.say(faults.at_rcpt)
        elif recipient not in self.sink.put_off and self.sink.happens(faults.later):
            self.sink.put_off.add(recipient)
            self.say("450 4.2.0 Greylisted")
        elif self.sink.happens(faults.refused):
            self.say("550 5.1.1 Nobody of that name")
        else:
            self.recipient = recipient
            self.say("250 2.1.5 Ok")

    def data(self) -> None:
        faults = self.sink.faults
        if faults.at_data:
            self.say(faults.at_data)
        elif self.recipient is None and not faults.accept_data_anyway:
            self.say("554 5.5.1 No valid recipients")
        else:
            self.in_data, self.looked = True, 0
            self.say("354 Go on")

    def read_message(self) -> bool:
        if self.heard.startswith(b".\r\n") and self.looked == 0:
            end, cut = 0, 3
        else:
            end = self.heard.find(b"\r\n.\r\n", max(0, self.looked - 4))
            if end < 0:
                self.looked = len(self.heard)
                return False
            end, cut = end + 2, end + 5
        message = bytes(self.heard[:end])
        del self.heard[:cut]
        self.in_data = False
        self.slowly(lambda: self.take(message))
        return True

    def take(self, message: bytes) -> None:
        faults, sink = self.sink.faults, self.sink
        sender, recipient = self.sender, self.recipient
        self.sender = self.recipient = None
        if sender is None or recipient is None:
            self.say("554 5.5.1 No valid recipients")
        elif faults.after_dot:
            self.say(faults.after_dot)
        elif sink.happens(faults.cut):
            self.transport.abort()
        else:
            name = sink.note(sender, recipient, message.replace(b"\r\n..", b"\r\n."))
            self.taken += 1
            if sink.happens(faults.cut_late):
                self.transport.abort()
            else:
                self.say(f"250 2.0.0 Ok: queued as {name}")


async def _serve(log: Path, faults: Faults) -> None:
    sink = Sink(log, faults)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Conversation(sink), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()
    loop.add_reader(sys.stdin, ended.set)
    await ended.wait()


def main() -> None:
    faults = Faults(**json.loads(sys.argv[2])) if len(sys.argv) > 2 else Faults()
    try:
        import uvloop
    except ImportError:
        asyncio.run(_serve(Path(sys.argv[1]), faults))
    else:
        uvloop.run(_serve(Path(sys.argv[1]), faults))


if __name__ == "__main__":
    main()
