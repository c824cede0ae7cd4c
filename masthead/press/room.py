"""
The press room: threads of the app that print what the front door finds missing.

The other end of `door/room.py`, which says what goes over the socket.
"""

import json
import logging
import socket
import socketserver
import threading

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections

from masthead.press.actions import Outcome, print_anew
from masthead.press.door import room
from masthead.press.own_shelf import own_shelf

log = logging.getLogger(__name__)


class _Line(socketserver.StreamRequestHandler):
    """One connection of a door: its pages, one after another."""

    def handle(self) -> None:
        try:
            while line := self.rfile.readline(room.LONGEST_LINE):
                self.wfile.write(_print(line).value.encode() + b"\n")
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


def _print(line: bytes) -> room.Outcome:
    """A print that fails is the reader's 503; the door tries again."""
    host, target, variant = json.loads(line)
    close_old_connections()
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
