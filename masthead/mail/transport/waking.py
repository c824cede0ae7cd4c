"""Waking a thread that waits for sockets."""

import os
from contextlib import suppress
from threading import Lock


class Waker:
    """`reading` becomes readable when any thread calls `wake`."""

    def __init__(self) -> None:
        self.reading, self._writing = os.pipe()
        os.set_blocking(self.reading, False)
        os.set_blocking(self._writing, False)
        # Numbers of closed files are given out again: a late `wake` must not write into another.
        self._lock = Lock()
        self._closed = False

    def wake(self) -> None:
        with self._lock, suppress(BlockingIOError):  # full: it wakes anyway
            if not self._closed:
                os.write(self._writing, b"!")

    def clear(self) -> None:
        with suppress(BlockingIOError):
            while os.read(self.reading, 4096):
                pass

    def close(self) -> None:
        with self._lock:
            self._closed = True
            os.close(self.reading)
            os.close(self._writing)
