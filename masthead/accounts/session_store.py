"""Sessions whose cookie cannot be read from the database."""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.utils import timezone


def kept_key(session_key: str) -> str:
    """
    What is stored of a session's key: 160 bits of its SHA-256, which is what the column holds.

    No secret goes in: the key is random and as long, so that nobody can try them all.
    """
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """Django's own, with the key's hash in the database and the key in the cookie alone."""

    def load(self) -> dict[str, Any]:
        rows = Session.objects.filter(expire_date__gt=timezone.now())
        row = rows.filter(session_key=kept_key(self.session_key or "")).first()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row.session_data)

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        row.session_key = kept_key(row.session_key)
        return row  # type: ignore[return-value]  # the stubs say the abstract one

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(kept_key(key))

    # The asynchronous forms call the ones above in a thread; Django's would store the key itself.
    aload = SessionBase.aload
    aexists = SessionBase.aexists
    acreate = SessionBase.acreate
    asave = SessionBase.asave
    adelete = SessionBase.adelete
