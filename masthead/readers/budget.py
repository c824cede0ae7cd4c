"""
How many mails may be asked for in an hour: by one address, from one network, and in all.

Whoever has never proved their address can make the program write to somebody else. Beyond the
budget nothing is sent and the answer is the same; a flood is told to the owners once.
"""

import ipaddress
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from masthead.readers.addresses import keyed_hash, mailbox_of
from masthead.readers.models import Asked, Flood

logger = logging.getLogger(__name__)

PER_ADDRESS = 5
PER_NETWORK = 40
# A flood that has been quiet for so long is over; the next one is told anew.
QUIET = timedelta(hours=2)
IPV4_BITS, IPV6_BITS = 24, 48
# The two pools in all: a flood of sign-ups keeps nobody from signing in.
JOINING, SIGNING_IN = "joining", "signing-in"

# As SQL, because in a flood these are all that is done.
_USED = "SELECT count FROM {table} WHERE kind = %s AND who = %s AND hour = %s"
_KEPT_BACK = (
    "UPDATE {table} SET kept_back = kept_back + 1, last_at = %s WHERE kind = %s AND last_at > %s"
)
_COUNT = (
    "INSERT INTO {table} (kind, who, hour, count) VALUES (%s, %s, %s, 1)"
    " ON CONFLICT (kind, who, hour) DO UPDATE SET count = {table}.count + 1 RETURNING count"
)


def may_be_sent(*, pool: str, address: str, source: str, at: datetime) -> bool:
    """
    Count one mail that was asked for; whether there is room for it.

    source: the asking machine's address, of which only a keyed hash of its network is kept, for a
    day.
    """
    if is_used_up(pool=pool, at=at):
        return False
    hour = _hour(at)
    network = keyed_hash("network", network_of(source))
    mailbox = keyed_hash("mailbox", mailbox_of(address))
    if _count(f"{pool} network", network, hour) > PER_NETWORK:
        return False
    if _count(f"{pool} address", mailbox, hour) > PER_ADDRESS:
        return False
    return _count(pool, "", hour) <= _most()


def is_used_up(*, pool: str, at: datetime) -> bool:
    """
    Whether the hour's budget in all is gone; then one more is counted as kept back.

    Two statements and no row: a flood of ten thousand neither fills a table nor takes long.
    """
    if (_asked(_USED, pool, "", _hour(at)) or 0) < _most():
        return False
    _raise_alarm(pool=pool, at=at)
    return True


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _most() -> int:
    most: int = settings.OPERATOR["confirmations_per_hour"]
    return most


def network_of(source: str) -> str:
    """The /24 or /48 that an address belongs to; what is no address is a network of its own."""
    try:
        address = ipaddress.ip_address(source)
    except ValueError:
        return source
    mapped = getattr(address, "ipv4_mapped", None) or address
    bits = IPV4_BITS if mapped.version == 4 else IPV6_BITS
    return str(ipaddress.ip_network((mapped, bits), strict=False))


def _count(kind: str, who: str, hour: datetime) -> int:
    return _asked(_COUNT, kind, who, hour) or 0


def _asked(sql: str, kind: str, who: str, hour: datetime) -> int | None:
    when = connection.ops.adapt_datetimefield_value(hour)
    with connection.cursor() as cursor:
        cursor.execute(sql.format(table=Asked._meta.db_table), [kind, who, when])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _raise_alarm(*, pool: str, at: datetime) -> None:
    """In the log and by letter when it begins; at the desk as long as it lasts."""
    now, lately = (connection.ops.adapt_datetimefield_value(each) for each in (at, at - QUIET))
    with connection.cursor() as cursor:
        cursor.execute(_KEPT_BACK.format(table=Flood._meta.db_table), [now, pool, lately])
        if cursor.rowcount:
            return
    with transaction.atomic():
        flood = Flood.objects.create(kind=pool, began_at=at, last_at=at, kept_back=1)
        logger.warning(
            "More than %s mails were asked for within the hour (%s); no more are sent in it.",
            _most(),
            pool,
        )
        from masthead.readers.jobs import tell_owners_of_flood

        tell_owners_of_flood.later(flood_id=flood.pk)
