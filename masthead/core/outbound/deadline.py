"""The time a request may take."""

import time

from django.utils.translation import gettext as _

from masthead.core.outbound.errors import TooSlow


class Deadline:
    """The moment by which everything must be over, the redirects included."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._seconds = seconds

    def left(self) -> float:
        """Seconds. Raises TooSlow when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.late()
        return left

    def late(self) -> TooSlow:
        sentence = _("The answer took longer than %(seconds)s seconds.")
        return TooSlow(sentence % {"seconds": f"{self._seconds:g}"})
