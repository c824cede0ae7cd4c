"""What never reaches a log: secrets of one-time addresses, and a page of text for one cause."""

import logging
import re
from http import HTTPStatus

from django.db import InterfaceError, OperationalError

_SECRET = re.compile(r"(/account/(?:link|password/reset/key)/)[^/\s]+")


class WithoutSecrets(logging.Filter):
    """Shortens one-time addresses: a refused form is logged with its address, still unused."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # the handler says what is wrong with it
            return True
        if _SECRET.search(message):
            record.msg, record.args = _SECRET.sub(r"\1…", message), ()
        return True


class Unavailable(logging.Filter):
    """
    A request that was told to come back later is a warning of one line.

    With the database away every request would write its own traceback, all of them the same.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, OperationalError | InterfaceError) and not _is_our_fault(error):
            reason = str(error).partition("\n")[0]
            record.msg, record.args = f"{record.getMessage()}: {reason}", ()
            record.exc_info = record.exc_text = None
        elif getattr(record, "status_code", None) != HTTPStatus.SERVICE_UNAVAILABLE:
            return True
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def _is_our_fault(error: Exception) -> bool:
    """SQLite says so of statements, too, that cannot be carried out."""
    return str(error).startswith(("no such", "near "))
