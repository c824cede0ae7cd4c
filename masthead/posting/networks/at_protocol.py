"""Repositories of the AT Protocol: opening a session, calling, keeping a picture."""

from dataclasses import dataclass
from typing import Any

from masthead.posting.networks.asking import Declined, NoLongerAllowed, Reply, ask, before_posting
from masthead.posting.networks.base import Access


@dataclass(frozen=True)
class Session:
    """did: the repository's own name, which stays when the account is renamed."""

    token: str
    did: str


def open_session(access: Access) -> Session:
    """Each time anew: what an app password opens ends after two hours, and is kept nowhere."""
    url = f"{access.server}/xrpc/com.atproto.server.createSession"
    login = {"identifier": access.handle, "password": access.secrets["app_password"]}
    try:
        with before_posting():
            opened = ask("POST", url, data=login)
            session = Session(opened.text("accessJwt"), opened.text("did"))
    except Declined as declined:
        raise NoLongerAllowed(str(declined), status=declined.status) from declined
    access.remember({"did": session.did})
    return session


def call(access: Access, session: Session, name: str, data: dict[str, Any]) -> Reply:
    return ask("POST", f"{access.server}/xrpc/{name}", token=session.token, data=data)


def upload(access: Access, session: Session, picture: bytes | None) -> dict[str, Any] | None:
    """A JPEG that a record may then show; it is thrown away there when none does."""
    if picture is None:
        return None
    url = f"{access.server}/xrpc/com.atproto.repo.uploadBlob"
    with before_posting():
        kept = ask("POST", url, token=session.token, body=picture, mime="image/jpeg")
    found = kept.data.get("blob") if isinstance(kept.data, dict) else None
    return found if isinstance(found, dict) else None
