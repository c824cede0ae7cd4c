"""A Mastodon server with one account: statuses, their edits, Idempotency-Keys."""

import html
import re
from datetime import UTC, datetime
from typing import Any

from tests.posting.stand_ins.server import Asked, Refusal, Said, StandInNetwork

TOKEN, ME = "mastodon-token", "109"
MOST = 500
STATUS = re.compile(r"/api/v1/statuses/(\d+)")
LINK = re.compile(r"https?://\S+")


class MastodonStandIn(StandInNetwork):
    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, str] = {}

    def play(self, asked: Asked) -> Said:
        if asked.bearer != TOKEN:
            raise Refusal(401, {"error": "The access token is invalid"})
        if asked.path == "/api/v1/accounts/verify_credentials":
            return Said(data={"id": ME, "acct": "courier", "url": f"{self.url}/@courier"})
        if asked.path == f"/api/v1/accounts/{ME}/statuses":
            below = int(asked.query.get("max_id", 2**63))
            older = [each for each in self.things if int(each) < below]
            newest = sorted(older, key=int, reverse=True)[: int(asked.query["limit"])]
            return Said(data=[self.things[each] for each in newest])
        if asked.path == "/api/v1/statuses" and asked.method == "POST":
            return Said(data=self._new(asked))
        if found := STATUS.fullmatch(asked.path):
            return self._one(asked, found[1])
        raise Refusal(404, {"error": "Record not found"})

    def _new(self, asked: Asked) -> dict[str, Any]:
        key = asked.headers.get("idempotency-key", "")
        if key and key in self.keys:
            return self.things[self.keys[key]]
        self._check(asked.data["status"])
        reply_to = asked.data.get("in_reply_to_id")
        if reply_to is not None and reply_to not in self.things:
            raise Refusal(404, {"error": "Record not found"})
        made = self.make({})
        self.things[made] = self._shown(made, asked.data["status"], reply_to)
        self.keys[key] = made
        return self.things[made]

    def _shown(self, number: str, text: str, reply_to: str | None) -> dict[str, Any]:
        linked = LINK.sub(lambda url: f'<a href="{url[0]}">{url[0]}</a>', html.escape(text))
        return {
            "id": number,
            "created_at": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "in_reply_to_id": reply_to,
            "url": f"{self.url}/@courier/{number}",
            "content": f"<p>{linked}</p>",
            "text": text,
        }

    def _one(self, asked: Asked, number: str) -> Said:
        if number not in self.things:
            raise Refusal(404, {"error": "Record not found"})
        if asked.method == "DELETE":
            return Said(data=self.things.pop(number))
        if asked.method == "PUT":
            self._check(asked.data["status"])
            reply_to = self.things[number]["in_reply_to_id"]
            self.things[number] = self._shown(number, asked.data["status"], reply_to)
        return Said(data=self.things[number])

    @staticmethod
    def _check(text: str) -> None:
        counted = len(LINK.sub("x" * 23, text))
        if not text or counted > MOST:
            raise Refusal(
                422, {"error": f"Validation failed: Text character limit of {MOST} exceeded"}
            )
