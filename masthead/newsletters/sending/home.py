"""
Which database this is. A copy of it – a backup restored, a machine cloned – has the same rows and
would send the same mails again; it is told from the one that sent by what is not in its rows.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from masthead.newsletters.models import Edition, SendingHome
from masthead.newsletters.sending.troubles import Trouble

ELSEWHERE = (
    "This network's database is a copy, or has moved: it is not the one that sent mail last. If"
    " this is the one that is to send, say so with “masthead letters here”."
)


def check_home(*, at: datetime) -> None:
    """The first to send makes its database the home. Raises Trouble in a copy."""
    known = SendingHome.objects.order_by("pk").first()
    if known is None:
        settle_here(at=at)
    elif known.identity != identity():
        raise Trouble(ELSEWHERE)


def settle_here(*, at: datetime) -> None:
    SendingHome.objects.update_or_create(pk=1, defaults={"identity": identity(), "since": at})


def identity() -> str:
    """
    SQLite: the file's number on its disk, which no copy has. PostgreSQL: the server's own number
    and that of the table, which a restore makes anew.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT system_identifier, %s::regclass::oid FROM pg_control_system()",
                [Edition._meta.db_table],
            )
            server, table = cursor.fetchone()
        return f"postgresql {server} {table}"
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        return "memory"
    found = (Path(settings.DATA) / "masthead.sqlite3").stat()
    return f"sqlite {found.st_dev} {found.st_ino}"
