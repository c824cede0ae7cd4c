"""Articles as records of the AT Protocol, by the lexicons of standard.site."""

import hashlib
import json
from typing import Any

from masthead.outlets.standard_site import DOCUMENT, PUBLICATION
from masthead.posting.networks.asking import before_posting
from masthead.posting.networks.at_protocol import Session, call, upload
from masthead.posting.networks.base import Access, Document, Posted


def keep_document(access: Access, session: Session, document: Document) -> Posted:
    """
    Write the article's record, and before it the publication's where that says something new.

    A record has one name for ever: written twice it is one.
    """
    with before_posting():
        publication = _keep_publication(access, session, document)
        record = {"$type": DOCUMENT, **(document.record or {}), "site": publication}
        cover = upload(access, session, document.picture())
    if cover is not None:
        record["coverImage"] = cover
    return Posted(remote_id=_put(access, session, DOCUMENT, document.name, record))


def forget_document(access: Access, session: Session, document: Document) -> Posted:
    """Gone already is as good."""
    gone = {"repo": session.did, "collection": DOCUMENT, "rkey": document.name}
    call(access, session, "com.atproto.repo.deleteRecord", gone)
    return Posted(remote_id="")


def _keep_publication(access: Access, session: Session, document: Document) -> str:
    record = {"$type": PUBLICATION, **document.publication}
    uri = f"at://{session.did}/{PUBLICATION}/{document.publication_name}"
    said = json.dumps([uri, record], sort_keys=True).encode()
    digest = hashlib.sha256(said).hexdigest()
    if access.known.get("publication") != digest:
        _put(access, session, PUBLICATION, document.publication_name, record)
        access.remember({"publication": digest})
    return uri


def _put(
    access: Access, session: Session, collection: str, name: str, record: dict[str, Any]
) -> str:
    put = {"repo": session.did, "collection": collection, "rkey": name, "record": record}
    return call(access, session, "com.atproto.repo.putRecord", put).text("uri")
