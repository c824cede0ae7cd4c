"""Lines that each block until a mail is over, as a crew: a thread a line."""

from queue import Empty, SimpleQueue
from threading import Thread

from masthead.mail.transport import Mail, Transport
from masthead.mail.transport.crews import Event


class ThreadCrew:
    """For mail services, which are asked by HTTP, and for the folder. See `crews.Crew`."""

    def __init__(self, transport: Transport, *, lines: int) -> None:
        self.transport = transport
        self.lines = lines
        self._happened: SimpleQueue[Event] = SimpleQueue()
        self._given: list[SimpleQueue[Mail | None]] = [SimpleQueue() for _ in range(lines)]
        self._ready: dict[int, Mail] = {}
        self._then: dict[int, Mail] = {}
        self._threads: list[Thread | None] = [None] * lines

    def offer(self, line: int, mail: Mail) -> None:
        self._ready[line] = mail
        self._happened.put(Event(line, mail))

    def give(self, line: int, *, then: Mail | None = None) -> None:
        if self._threads[line] is None:
            thread = Thread(target=self._work, args=(line,), daemon=True, name=f"mail line {line}")
            self._threads[line] = thread
            thread.start()
        if then is not None:
            self._then[line] = then
        self._given[line].put(self._ready.pop(line))

    def drop(self, line: int) -> None:
        self._ready.pop(line, None)

    def wait(self, seconds: float) -> list[Event]:
        events = []
        try:
            events.append(self._happened.get(timeout=seconds))
            while True:
                events.append(self._happened.get_nowait())
        except Empty:
            pass
        events = [
            each for each in events if each.outcome or each.mail is self._ready.get(each.line)
        ]
        for event in list(events):
            following = self._then.pop(event.line, None) if event.outcome is not None else None
            if following is not None:
                self._ready[event.line] = following
                events.append(Event(event.line, following))
        return events

    def close(self) -> None:
        for queue in self._given:
            queue.put(None)

    def _work(self, line: int) -> None:
        opened = self.transport.open()
        try:
            while (mail := self._given[line].get()) is not None:
                self._happened.put(Event(line, mail, opened.send(mail)))
        finally:
            opened.close()
