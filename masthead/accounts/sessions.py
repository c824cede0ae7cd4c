"""Signing somebody out on every device."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from masthead.accounts.models import User
from masthead.accounts.session_store import SessionStore


def end_sessions(*, user: User) -> int:
    """
    Delete the user's sessions; answers how many there were.

    Rows name no user, so all of them are read: about 50 µs each, and this happens when a role is
    taken away or somebody asks for it.
    """
    read = SessionStore().decode
    mine = [
        session.pk
        for session in Session.objects.order_by("pk").iterator()
        if read(session.session_data).get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()
    return len(mine)
