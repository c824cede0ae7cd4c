"""What a request that had to be sent away leaves in the log."""

import logging

import pytest
from django.db import OperationalError

from masthead.core.logs import Unavailable


def a_record(*, status: int, error: Exception | None = None) -> logging.LogRecord:
    known = (type(error), error, None) if error else None
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Said: %s", ("/a/",), known)
    record.status_code = status
    return record


def filtered(record: logging.LogRecord) -> tuple[int, str, bool]:
    assert Unavailable().filter(record)
    return record.levelno, record.getMessage(), record.exc_info is not None


def test_a_database_that_is_away_is_a_warning_of_one_line():
    record = a_record(status=500, error=OperationalError("connection refused\nIs it running?"))

    assert filtered(record) == (logging.WARNING, "Said: /a/: connection refused", False)


@pytest.mark.parametrize("error", [OperationalError("no such column: x"), ValueError("x")])
def test_a_mistake_keeps_its_traceback(error):
    assert filtered(a_record(status=500, error=error)) == (logging.ERROR, "Said: /a/", True)


def test_being_busy_is_a_warning():
    assert filtered(a_record(status=503)) == (logging.WARNING, "Said: /a/", False)
    assert filtered(a_record(status=502)) == (logging.ERROR, "Said: /a/", False)
