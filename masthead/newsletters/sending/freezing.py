"""Who gets an edition: written down once, in one statement, with who does not and why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from masthead.changes import keys
from masthead.changes.actions import note_change
from masthead.newsletters.audiences import NoSuchAudience, members_of
from masthead.newsletters.models import Edition, EditionCopy, EditionState, LeftOut, Subscription
from masthead.newsletters.rules import granted_by
from masthead.newsletters.sending.leases import Lease
from masthead.newsletters.sending.troubles import LeaseLost, Trouble
from masthead.readers.benefits import grants_of
from masthead.readers.models import Benefit, Entitlement, Reader

FREEZING = EditionState.FREEZING
PUBLIC, AD_FREE = "public", "adfree"
FROZEN = "frozen"


def freeze(
    edition: Edition, copies: Mapping[str, EditionCopy], *, at: datetime, lease: Lease | None = None
) -> dict[str, int]:
    """
    One ledger row for each reader who is to get the edition; answers, and keeps, the counts.

    Frozen again, e.g. for those who joined since, it adds only who has no row yet. One
    transaction; gives the edition its number the first time.

    copies: by class of readers; "public" must be there. lease: whose it must be still when the
    transaction ends. Raises Trouble when nobody is to get it, LeaseLost.
    """
    with transaction.atomic():
        locked = Edition.objects.select_for_update().get(pk=edition.pk)
        if lease is not None and (locked.fence, locked.state) != (lease.fence, FREEZING):
            raise LeaseLost
        counts = _insert(locked, copies, at)
        if not counts[FROZEN]:
            raise Trouble("Nobody on the list is to get this edition.")
        if locked.number is None:
            last = Edition.objects.filter(newsletter=locked.newsletter_id).aggregate(Max("number"))
            locked.number = (last["number__max"] or 0) + 1
        locked.counts = counts
        locked.state = EditionState.SENDING
        locked.frozen_at = at
        if locked.released_at is None:
            locked.released_at = at
            locked.for_members = edition.newsletter.for_members
            note_change(keys=[keys.newsletter(locked.newsletter_id)], at=at)
        locked.finished_at = None
        locked.trouble = ""
        locked.save(
            update_fields=[
                *("number", "counts", "state", "frozen_at", "released_at"),
                *("for_members", "finished_at", "trouble"),
            ]
        )
    return counts


def count_listed(edition: Edition, *, at: datetime) -> dict[str, int]:
    """Who would get it and who would not, without writing anything down. Raises Trouble."""
    listed, params = _listed(edition, at)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT why, COUNT(*) FROM ({listed}) AS listed GROUP BY why", params)  # noqa: S608
        return _counts(cursor.fetchall())


def _insert(edition: Edition, copies: Mapping[str, EditionCopy], at: datetime) -> dict[str, int]:
    listed, params = _listed(edition, at)
    public = copies[PUBLIC].pk
    insert = (
        "INSERT INTO newsletters_delivery (edition_id, reader_id, copy_id, address, domain, state,"  # noqa: S608
        " fence, attempts, due_at, answer, queue_id)"
        " SELECT %s, reader_id, CASE WHEN ad_free THEN %s ELSE %s END, email,"
        f" {_DOMAIN[connection.vendor]}, 'pending', 0, 0, %s, '', ''"
        " FROM listed WHERE why = ''"
    )
    given = [
        edition.pk,
        copies[AD_FREE].pk if AD_FREE in copies else public,
        public,
        _moment(at),
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement sees one moment: the counts are of exactly the rows that were looked at.
            cursor.execute(
                f"WITH listed AS MATERIALIZED ({listed}), put AS ({insert})"  # noqa: S608
                " SELECT why, COUNT(*) FROM listed GROUP BY why",
                [*params, *given],
            )
            return _counts(cursor.fetchall())
        # SQLite: the transaction is the only one that writes.
        cursor.execute(f"SELECT why, COUNT(*) FROM ({listed}) AS listed GROUP BY why", params)  # noqa: S608
        counts = _counts(cursor.fetchall())
        cursor.execute(_before_insert(insert, listed), [*given, *params])
    return counts


def _before_insert(insert: str, listed: str) -> str:
    return insert.replace("FROM listed", f"FROM ({listed}) AS listed")


_DOMAIN = {
    "postgresql": "LOWER(SUBSTRING(email FROM '[^@]*$'))",
    "sqlite": "LOWER(SUBSTR(email, INSTR(email, '@') + 1))",
}


def _counts(rows: list[tuple[str, int]]) -> dict[str, int]:
    counts = {FROZEN: 0} | {reason.value: 0 for reason in LeftOut}
    return counts | {why or FROZEN: number for why, number in rows}


def _listed(edition: Edition, at: datetime) -> tuple[str, list[Any]]:
    """
    Everybody on the list, with why they are left out (empty: they are not). The first reason
    counts, so the sum is the list's size.
    """
    members, members_params = _members(edition, at)
    segment, segment_params = _segment(edition)
    sql = (
        "SELECT reader.id AS reader_id, reader.email AS email,"  # noqa: S608
        " CASE"
        f" WHEN had.id IS NOT NULL THEN '{LeftOut.HAS_IT.value}'"
        f" WHEN suppressed.id IS NOT NULL THEN '{LeftOut.SUPPRESSED.value}'"
        f" WHEN reader.proved_at IS NULL THEN '{LeftOut.UNPROVED.value}'"
        f" WHEN subscription.state = '{Subscription.State.PAUSED.value}'"
        "   AND (subscription.paused_until IS NULL OR subscription.paused_until > %s)"
        f"  THEN '{LeftOut.PAUSED.value}'"
        f" {members} {segment}"
        " ELSE '' END AS why,"
        f" EXISTS (SELECT 1 FROM {Entitlement._meta.db_table} AS has"
        "   WHERE has.reader_id = reader.id AND has.benefit = %s AND has.starts_at <= %s"
        "   AND (has.ends_at IS NULL OR has.ends_at > %s)) AS ad_free"
        f" FROM {Subscription._meta.db_table} AS subscription"
        f" JOIN {Reader._meta.db_table} AS reader ON reader.id = subscription.reader_id"
        " LEFT JOIN mail_suppression AS suppressed ON suppressed.address = LOWER(reader.email)"
        " LEFT JOIN newsletters_delivery AS had"
        "   ON had.edition_id = %s AND had.reader_id = reader.id"
        " WHERE subscription.newsletter_id = %s"
        f" AND subscription.state <> '{Subscription.State.LEFT.value}'"
    )
    now = _moment(at)
    return sql, [
        now,
        *members_params,
        *segment_params,
        Benefit.AD_FREE.value,
        now,
        now,
        edition.pk,
        edition.newsletter_id,
    ]


def _members(edition: Edition, at: datetime) -> tuple[str, tuple[Any, ...]]:
    """Who is no member gets no copy from the moment on at which the grant ends."""
    if not edition.newsletter.for_members:
        return "", ()
    members = grants_of(granted_by(edition.newsletter), at=at).order_by().values("reader")
    inside, params = members.query.sql_with_params()
    return f" WHEN reader.id NOT IN ({inside}) THEN '{LeftOut.NO_MEMBER.value}'", params


def _segment(edition: Edition) -> tuple[str, tuple[Any, ...]]:
    if not edition.segment:
        return "", ()
    try:
        inside, params = members_of(edition.segment)
    except NoSuchAudience as error:
        raise Trouble(str(error)) from error
    return f" WHEN reader.id NOT IN ({inside}) THEN '{LeftOut.SEGMENT.value}'", params


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
