"""Bluesky, or any other server of the AT Protocol: records in a repository of the account's own."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from masthead.outlets.standard_site import tid
from masthead.posting.counting import URL
from masthead.posting.networks.asking import Declined, MaybeDone, Reply, ask
from masthead.posting.networks.at_protocol import Session, call, open_session, upload
from masthead.posting.networks.base import Access, Document, Draft, Network, Posted
from masthead.posting.networks.standard_site import forget_document, keep_document

POST = "app.bsky.feed.post"
MOST_TITLE, MOST_DESCRIPTION = 300, 1000  # characters of a card


class Bluesky(Network):
    """
    The name of a record is ours to choose, and a record that is there is not made again: so the
    name says for sure whether a post was made. Edits are not shown by the app; a correction is a
    reply.
    """

    key = "bluesky"
    can_reply = can_delete = can_find = absence_counts = True
    keeps_documents = True

    def check(self, access: Access) -> str:
        session = open_session(access)
        return f"@{access.handle} ({session.did})"

    def post(self, access: Access, draft: Draft) -> Posted:
        session = open_session(access)
        record = _record(access, session, draft)
        name = record_name(draft)
        made = call(
            access,
            session,
            "com.atproto.repo.createRecord",
            {"repo": session.did, "collection": POST, "rkey": name, "record": record},
        )
        return _posted(made, session.did, name)

    def delete(self, access: Access, posted: Posted) -> None:
        session = open_session(access)
        name = posted.remote_id.rpartition("/")[2]
        gone = {"repo": session.did, "collection": POST, "rkey": name}
        call(access, session, "com.atproto.repo.deleteRecord", gone)

    def find(self, access: Access, draft: Draft) -> Posted | None:
        session = open_session(access)
        name = record_name(draft)
        asked = urlencode({"repo": session.did, "collection": POST, "rkey": name})
        url = f"{access.server}/xrpc/com.atproto.repo.getRecord?{asked}"
        try:
            return _posted(ask("GET", url, token=session.token), session.did, name)
        except Declined as declined:
            if declined.code == "RecordNotFound" or declined.status == 404:
                return None
            raise

    def keep(self, access: Access, document: Document) -> Posted:
        session = open_session(access)
        put = forget_document if document.record is None else keep_document
        return put(access, session, document)


def record_name(draft: Draft) -> str:
    """
    A TID, the same at every try: microseconds of when it was planned, and ten bits of its key so
    that two posts of one moment differ.
    """
    micros = int(draft.at.timestamp() * 1_000_000)
    return tid(micros=micros, chance=int(draft.key[-3:], 16))


def facets_of(text: str) -> list[dict[str, Any]]:
    """Where the links in a text are, counted in bytes of UTF-8."""
    return [
        {
            "index": {
                "byteStart": len(text[: found.start()].encode()),
                "byteEnd": len(text[: found.end()].encode()),
            },
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": found[0]}],
        }
        for found in URL.finditer(text)
    ]


def _record(access: Access, session: Session, draft: Draft) -> dict[str, Any]:
    at = datetime.fromtimestamp(draft.at.timestamp(), UTC)
    record: dict[str, Any] = {
        "$type": POST,
        "text": draft.text,
        "createdAt": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "langs": [draft.language],
    }
    if facets := facets_of(draft.text):
        record["facets"] = facets
    if draft.link:
        record["embed"] = {
            "$type": "app.bsky.embed.external",
            "external": _card(access, session, draft),
        }
    if draft.reply_to:
        parent = {"uri": draft.reply_to.remote_id, "cid": draft.reply_to.extra.get("cid", "")}
        record["reply"] = {"root": parent, "parent": parent}
    return record


def _card(access: Access, session: Session, draft: Draft) -> dict[str, Any]:
    card: dict[str, Any] = {
        "uri": draft.link,
        "title": draft.title[:MOST_TITLE],
        "description": draft.description[:MOST_DESCRIPTION],
    }
    card["thumb"] = upload(access, session, draft.picture())
    return {name: value for name, value in card.items() if value is not None}


def _posted(made: Reply, did: str, name: str) -> Posted:
    if made.text("uri") != f"at://{did}/{POST}/{name}":
        raise MaybeDone(made.text("uri"), status=made.status)
    return Posted(
        remote_id=made.text("uri"),
        url=f"https://bsky.app/profile/{did}/post/{name}",
        extra={"cid": made.text("cid")},
    )
