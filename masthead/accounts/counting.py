"""Where attempts to sign in are counted: in one place for all web processes."""

from datetime import timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from masthead.accounts.models import Attempts

OURS = "allauth"  # how each key begins that allauth asks for: limits, codes that were used


class CountingCache(LocMemCache):
    """
    Django's default cache, in the memory of each process, but for what sign-in counts.

    That is in a table, so that a restart forgets nothing and two processes do not allow twice as
    much. As JSON: Django's own table cache would run whatever somebody had written there.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        if not _is_ours(key):
            return super().get(key, default, version)
        row = Attempts.objects.filter(key=_kept(key), ends_at__gt=timezone.now()).first()
        return default if row is None else row.noted

    def set(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        if not _is_ours(key):
            return super().set(key, value, timeout, version)
        noted = {"noted": value, "ends_at": self._end(timeout)}
        Attempts.objects.update_or_create(key=_kept(key), defaults=noted)
        return None

    def add(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Of two at once, one is told True: this is allauth's lock, and a code's only use."""
        if not _is_ours(key):
            return super().add(key, value, timeout, version)
        Attempts.objects.filter(key=_kept(key), ends_at__lte=timezone.now()).delete()
        noted = {"noted": value, "ends_at": self._end(timeout)}
        return Attempts.objects.get_or_create(key=_kept(key), defaults=noted)[1]

    def delete(self, key: Any, version: int | None = None) -> bool:
        if not _is_ours(key):
            return super().delete(key, version)
        return bool(Attempts.objects.filter(key=_kept(key)).delete()[0])

    def _end(self, timeout: Any) -> Any:
        seconds: Any = self.default_timeout if timeout in (None, DEFAULT_TIMEOUT) else timeout
        return timezone.now() + timedelta(seconds=float(seconds))


def _is_ours(key: Any) -> bool:
    return str(key).startswith(OURS)


def _kept(key: Any) -> str:
    """Keys name addresses of people and of machines, which are nobody's to read."""
    return salted_hmac("masthead.accounts.counting", str(key), algorithm="sha256").hexdigest()
