"""
The press room: threads of the app that print what the front door finds missing.

The other end of `door/room.py`, which says what goes over the socket. Beside prints it answers what
the door has to know of a reader.
"""

import json
import logging
import socket
import socketserver
import threading
from collections.abc import Callable

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections

from masthead.press.actions import Outcome, print_anew
from masthead.press.crawlers import tell_crawler
from masthead.press.door import room
from masthead.press.own_shelf import own_shelf
from masthead.press.renewing import renew

log = logging.getLogger(__name__)
QUESTIONS: dict[str, Callable[..., dict[str, str]]] = {"class": renew, "crawler": tell_crawler}


class _Line(socketserver.StreamRequestHandler):
    """One connection of a door: its pages, one after another."""

    def handle(self) -> None:
        try:
            while line := self.rfile.readline(room.LONGEST_LINE):
                self.wfile.write(_answer(line).encode() + b"\n")
        except ConnectionError:
            pass  # the door gave up waiting; what was printed lies on the shelf
        finally:
            connections.close_all()
            own_shelf().close()


class _Listening(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    block_on_close = False


def open_press_room(listener: socket.socket) -> None:
    """Print in threads of this process for as long as it lives. listener: bound and listening."""
    listening = _Listening(listener.getsockname(), _Line, bind_and_activate=False)
    listening.socket.close()
    listening.socket = listener
    threading.Thread(target=listening.serve_forever, name="press room", daemon=True).start()


def _answer(line: bytes) -> str:
    asked = json.loads(line)
    close_old_connections()
    if isinstance(asked, list):
        return _print(*asked).value
    try:
        return json.dumps(QUESTIONS[asked.pop("question")](**asked))
    except DatabaseError as error:
        log.warning("The door asked about a reader in vain: %s", error)
    except Exception:
        log.exception("The door asked about a reader in vain.")
    return ""


def _print(host: str, target: str, variant: str) -> room.Outcome:
    """A print that fails is the reader's 503; the door tries again."""
    try:
        outcome = print_anew(
            shelf=own_shelf(), host=host, target=target, variant=variant, in_haste=True
        )
    except DatabaseError as error:
        log.warning("%s%s could not be printed: %s", host, target, error)
    except Exception:
        log.exception("%s%s could not be printed.", host, target)
    else:
        shelved = outcome is Outcome.SHELVED
        return room.Outcome.SHELVED if shelved else room.Outcome.NOT_FOR_SHELF
    return room.Outcome.FAILED
