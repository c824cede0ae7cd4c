"""A small IMAP and a small POP3 server on loopback; they speak as much as a mailbox job needs."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Box:
    """Messages by number, and which of them were read or deleted."""

    messages: dict[int, bytes]
    password: str = "correct horse"
    seen: set[int] = field(default_factory=set)
    marked: set[int] = field(default_factory=set)
    breaks_at: int = 0  # the connection ends when this message is asked for
    asked: list[str] = field(default_factory=list)

    def expunge(self) -> None:
        for number in self.marked:
            self.messages.pop(number, None)
        self.marked.clear()


class _Handler(socketserver.StreamRequestHandler):
    box: Box

    def say(self, *lines: str | bytes) -> None:
        for line in lines:
            self.wfile.write((line if isinstance(line, bytes) else line.encode()) + b"\r\n")

    def lines(self) -> Iterator[str]:
        while line := self.rfile.readline():
            text = line.decode("latin-1").strip()
            self.box.asked.append(text.partition(" ")[2] if self.tagged else text)
            yield text

    tagged = False


class Imap(_Handler):
    tagged = True

    def handle(self) -> None:
        self.say("* OK ready")
        for line in self.lines():
            tag, _, rest = line.partition(" ")
            command = rest.upper()
            if command.startswith("UID "):
                command = command[4:]
            if not self.answer(tag, command, rest):
                return

    def answer(self, tag: str, command: str, rest: str) -> bool:
        box = self.box
        if command.startswith("CAPABILITY"):
            self.say("* CAPABILITY IMAP4REV1")
        elif command.startswith("LOGIN") and box.password not in rest:
            self.say(f"{tag} NO wrong password")
            return True
        elif command.startswith("SELECT") and '"INBOX"' not in rest:
            self.say(f"{tag} NO no such folder")
            return True
        elif command.startswith("SELECT"):
            self.say(f"* {len(box.messages)} EXISTS")
        elif command.startswith("SEARCH"):
            unread = sorted(set(box.messages) - box.seen - box.marked)
            self.say(f"* SEARCH {' '.join(map(str, unread))}")
        elif command.startswith("FETCH"):
            number = int(command.split()[1])
            if number == box.breaks_at:
                return False
            data = box.messages[number]
            self.say(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(data)}}}")
            self.wfile.write(data)
            self.say(")")
        elif command.startswith("STORE"):
            kept = box.marked if "\\DELETED" in command else box.seen
            kept.add(int(command.split()[1]))
        elif command.startswith("EXPUNGE"):
            box.expunge()
        elif command.startswith("LOGOUT"):
            self.say("* BYE", f"{tag} OK")
            return False
        self.say(f"{tag} OK done")
        return True


class Pop3(_Handler):
    def handle(self) -> None:
        self.say("+OK ready")
        for line in self.lines():
            if not self.answer(*[*line.split(), "", "", ""][:3]):
                return

    def answer(self, command: str, first: str, second: str) -> bool:
        box = self.box
        if command == "PASS" and first != box.password.partition(" ")[0]:
            self.say("-ERR wrong password")
        elif command == "LIST":
            sizes = [f"{number} {len(data)}" for number, data in sorted(box.messages.items())]
            self.say("+OK", *sizes, ".")
        elif command in {"TOP", "RETR"}:
            if command == "RETR" and int(first) == box.breaks_at:
                return False
            head, _, body = box.messages[int(first)].partition(b"\r\n\r\n")
            text = head + b"\r\n" if command == "TOP" else head + b"\r\n\r\n" + body
            self.say("+OK", re.sub(rb"(?m)^\.", b"..", text.rstrip(b"\r\n")), ".")
        elif command == "DELE":
            box.marked.add(int(first))
            self.say("+OK")
        elif command == "QUIT":
            box.expunge()
            self.say("+OK")
            return False
        else:
            self.say("+OK")
        return True


@contextmanager
def serving(kind: type[_Handler], box: Box) -> Iterator[int]:
    """The port it listens at."""
    handler: Any = type("Handler", (kind,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
