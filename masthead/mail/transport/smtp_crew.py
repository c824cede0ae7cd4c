"""Several SMTP connections under one thread's eyes."""

import selectors
import ssl
import time
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from masthead.mail.transport import Fate, Mail, Outcome
from masthead.mail.transport.crews import Event
from masthead.mail.transport.smtp import CannotConnect, Server
from masthead.mail.transport.talk import Broken, Talk
from masthead.mail.transport.waking import Waker

if TYPE_CHECKING:
    import socket

_AT_ONCE = 262_144
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
# An idle connection is opened anew rather than trusted: servers hang up after minutes.
_IDLE_SECONDS = 60.0


class SmtpCrew:
    """
    See `crews.Crew`. Connections are opened by threads of their own, because a name server, a
    handshake or a login may take its time; all else happens where `wait` is called.
    """

    def __init__(self, server: Server, *, lines: int) -> None:
        self.server = server
        self.lines = lines
        self._selector = selectors.DefaultSelector()
        self._waker = Waker()
        self._selector.register(self._waker.reading, selectors.EVENT_READ, None)
        self._open: list[_Connection | None] = [None] * lines
        self._calls = [0] * lines  # so that a connection that nobody waits for any more is told
        self._opened: SimpleQueue[tuple[int, int, Mail, _Connection | str]] = SimpleQueue()
        self._events: list[Event] = []
        self._closed = False

    def offer(self, line: int, mail: Mail) -> None:
        connection = self._open[line]
        if connection is not None and connection.is_stale():
            self._drop(line)
            connection = None
        if connection is None:
            self._calls[line] += 1
            Thread(target=self._connect, args=(line, self._calls[line], mail), daemon=True).start()
            return
        connection.talk.offer(mail)
        self._after(line, connection)

    def give(self, line: int, *, then: Mail | None = None) -> None:
        connection = self._open[line]
        if connection is None:
            raise RuntimeError(f"Line {line} is not open.")
        connection.talk.give(then=then)
        self._after(line, connection)

    def drop(self, line: int) -> None:
        self._calls[line] += 1
        self._drop(line)
        self._events = [event for event in self._events if event.line != line]

    def wait(self, seconds: float) -> list[Event]:
        until = time.monotonic() + seconds
        while not self._events and (left := until - time.monotonic()) > 0:
            for key, mask in self._selector.select(min(left, 1.0)):
                if key.data is None:
                    self._waker.clear()
                else:
                    self._moved(key.data, mask)
            self._welcome()
            self._look_at_clocks()
        events, self._events = self._events, []
        return events

    def close(self) -> None:
        self._closed = True
        for line, connection in enumerate(self._open):
            if connection is not None:
                connection.say_goodbye()
                self._drop(line)
        self._selector.close()
        self._waker.close()

    def _connect(self, line: int, call: int, mail: Mail) -> None:
        try:
            socket, features = self.server.connect()
            made: _Connection | str = _Connection(self.server, socket, Talk(features))
        except CannotConnect as cannot:
            made = str(cannot)
        if self._closed and isinstance(made, _Connection):
            made.socket.close()
            return
        self._opened.put((line, call, mail, made))
        self._waker.wake()

    def _welcome(self) -> None:
        while True:
            try:
                line, call, mail, made = self._opened.get_nowait()
            except Empty:
                return
            if call != self._calls[line]:
                if isinstance(made, _Connection):
                    made.socket.close()
                continue
            if isinstance(made, str):
                self._events.append(Event(line, mail, _unreachable(made)))
                continue
            self._open[line] = made
            self._selector.register(made.socket, selectors.EVENT_READ, line)
            made.talk.offer(mail)
            self._after(line, made)

    def _moved(self, line: int, mask: int) -> None:
        connection = self._open[line]
        if connection is not None:
            if mask & selectors.EVENT_READ:
                connection.read()
            self._after(line, connection)

    def _after(self, line: int, connection: "_Connection") -> None:
        """Send what there is to send, tell what has happened, forget what is over."""
        connection.write()
        talk = connection.talk
        for mail, outcome in talk.events:
            self._events.append(Event(line, mail, outcome))
        talk.events.clear()
        if talk.closing:
            self._drop(line)
        elif connection.wants_to_write != bool(talk.to_send):
            connection.wants_to_write = bool(talk.to_send)
            mask = selectors.EVENT_READ
            mask |= selectors.EVENT_WRITE if connection.wants_to_write else 0
            self._selector.modify(connection.socket, mask, line)

    def _look_at_clocks(self) -> None:
        for line, connection in enumerate(self._open):
            if connection is not None and connection.is_late():
                connection.talk.broke("The mail server did not answer in time.")
                self._after(line, connection)

    def _drop(self, line: int) -> None:
        connection, self._open[line] = self._open[line], None
        if connection is not None:
            self._selector.unregister(connection.socket)
            connection.socket.close()


class _Connection:
    def __init__(self, server: Server, opened: "socket.socket", talk: Talk) -> None:
        self.server = server
        self.socket = opened
        self.socket.setblocking(False)
        self.talk = talk
        self.wants_to_write = False
        self.moved_at = time.monotonic()

    def is_stale(self) -> bool:
        return time.monotonic() - self.moved_at > _IDLE_SECONDS

    def is_late(self) -> bool:
        if self.talk.is_idle:
            return False
        server = self.server
        patience = server.verdict_seconds if self.talk.awaits_verdict else server.reply_seconds
        return time.monotonic() - self.moved_at > patience

    def read(self) -> None:
        try:
            while True:
                data = self.socket.recv(_AT_ONCE)
                if not data:
                    self.talk.broke("The mail server hung up.")
                    return
                self.moved_at = time.monotonic()
                self.talk.received(data)
                if not isinstance(self.socket, ssl.SSLSocket):
                    return  # what is left wakes the selector again; TLS may hold some itself
        except _WOULD_BLOCK:
            return
        except Broken as broken:
            self.talk.broke(str(broken))
        except OSError as error:
            self.talk.broke(str(error) or type(error).__name__)

    def write(self) -> None:
        try:
            while self.talk.to_send and not self.talk.closing:
                self.talk.sent(self.socket.send(self.talk.to_send))
                self.moved_at = time.monotonic()
        except _WOULD_BLOCK:
            return
        except OSError as error:
            self.talk.broke(str(error) or type(error).__name__)

    def say_goodbye(self) -> None:
        if self.talk.is_idle:
            with suppress(OSError):
                self.socket.send(b"QUIT\r\n")


def _unreachable(why: str) -> Outcome:
    return Outcome(Fate.DEFERRED, answer=why[:300], whole=True)
