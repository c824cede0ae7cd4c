"""LinkedIn organisations, by the Posts API."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from masthead.posting.networks.asking import (
    Gone,
    MaybeDone,
    NotPossible,
    Reply,
    ask,
    looking_through,
)
from masthead.posting.networks.base import Access, Draft, Network, Posted, Renewed
from masthead.posting.networks.reading import Unreadable, at_path
from masthead.posting.terms import terms_of

TO_RENEW = ("refresh_token", "client_id", "client_secret")
CLOCKS_DIFFER = timedelta(minutes=5)
LOOK_BACK = 20
RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")  # signs with a meaning in its text


class LinkedIn(Network):
    """Its finder lags behind, so that what it does not list is still a person's to decide."""

    key = "linkedin"
    can_edit = can_delete = can_find = True
    key_days = 60

    def check(self, access: Access) -> str:
        number = quote(access.secrets["organization"], safe="")
        return _ask(access, "GET", f"organizations/{number}").text("localizedName")

    def post(self, access: Access, draft: Draft) -> Posted:
        made = _ask(
            access,
            "POST",
            "posts",
            {
                "author": _author(access),
                "commentary": _escaped(draft.text),
                "visibility": "PUBLIC",
                "distribution": {
                    "feedDistribution": "MAIN_FEED",
                    "targetEntities": [],
                    "thirdPartyDistributionChannels": [],
                },
                "content": {
                    "article": {
                        "source": draft.link,
                        "title": draft.title,
                        "description": draft.description,
                    }
                },
                "lifecycleState": "PUBLISHED",
                "isReshareDisabledByAuthor": False,
            },
        )
        name = made.headers.get("x-restli-id", "")
        if not name:
            raise MaybeDone(_("LinkedIn did not say under which name."), status=made.status)
        return _posted(name)

    def edit(self, access: Access, posted: Posted, draft: Draft) -> Posted:
        patch = {"patch": {"$set": {"commentary": _escaped(draft.text)}}}
        _ask(access, "POST", _path(posted), patch, restli="PARTIAL_UPDATE")
        return posted

    def delete(self, access: Access, posted: Posted) -> None:
        try:
            _ask(access, "DELETE", _path(posted), restli="DELETE")
        except Gone:
            return

    def find(self, access: Access, draft: Draft) -> Posted | None:
        author = quote(_author(access), safe="")
        path = f"posts?author={author}&q=author&count={LOOK_BACK}&sortBy=CREATED"
        found = _ask(access, "GET", path, restli="FINDER")
        with looking_through():
            for each in found.things("elements"):
                if _is_ours(each, draft):
                    return _posted(Reply(200, {}, each).text("id"))
        return None

    def renew(self, access: Access) -> Renewed:
        if not all(access.secrets.get(name) for name in TO_RENEW):
            raise NotPossible
        form = {"grant_type": "refresh_token", **{name: access.secrets[name] for name in TO_RENEW}}
        fresh = ask("POST", f"{access.tokens}/oauth/v2/accessToken", form=form)
        given = {"access_token": fresh.text("access_token")}
        if at_path(fresh.data, "refresh_token"):
            given["refresh_token"] = fresh.text("refresh_token")
        ends = at_path(fresh.data, "refresh_token_expires_in") is not None
        return Renewed(
            secrets={**access.secrets, **given},
            seconds=fresh.number("expires_in"),
            last_seconds=fresh.number("refresh_token_expires_in") if ends else None,
        )


def _is_ours(each: dict[str, Any], draft: Draft) -> bool:
    try:
        at = datetime.fromtimestamp(each["createdAt"] / 1000, UTC)
    except (LookupError, TypeError, ValueError, OverflowError, OSError) as error:
        raise Unreadable from error
    source = at_path(each, "content", "article", "source")
    return bool(source == draft.link and at >= draft.at - CLOCKS_DIFFER)


def _escaped(text: str) -> str:
    return RESERVED.sub(lambda found: f"\\{found[0]}", text)


def _author(access: Access) -> str:
    return f"urn:li:organization:{access.secrets['organization']}"


def _path(posted: Posted) -> str:
    return f"posts/{quote(posted.remote_id, safe='')}"


def _posted(name: str) -> Posted:
    return Posted(remote_id=name, url=f"https://www.linkedin.com/feed/update/{name}/")


def _ask(access: Access, method: str, path: str, data: Any = None, *, restli: str = "") -> Reply:
    headers = {
        "LinkedIn-Version": terms_of("linkedin").version,
        "X-Restli-Protocol-Version": "2.0.0",
    }
    if restli:
        headers["X-RestLi-Method"] = restli
    url = f"{access.server}/rest/{path}"
    return ask(method, url, token=access.secrets["access_token"], data=data, headers=headers)
