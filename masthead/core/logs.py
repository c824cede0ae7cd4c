"""What never reaches a log: the secrets that stand in one-time addresses."""

import logging
import re

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
