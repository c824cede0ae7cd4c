"""Signing somebody out on every device."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from masthead.accounts.models import User


def end_sessions(*, user: User, except_key: str | None = None) -> int:
    """
    Delete the user's sessions, but for `except_key`; answers how many there were.

    Rows name no user, so all of them are read: about 50 µs each, and this happens when a role is
    taken away or somebody asks for it.
    """
    mine = [
        session.session_key
        for session in Session.objects.order_by("pk").iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
        and session.session_key != except_key
    ]
    Session.objects.filter(session_key__in=mine).delete()
    return len(mine)
