"""X's API with one user's keys; it proves the signature of OAuth 1.0a and refuses duplicates."""

import base64
import hashlib
import hmac
import re
from urllib.parse import quote, unquote

from tests.posting.stand_ins.server import Asked, Refusal, Said, StandInNetwork

KEYS = {
    "consumer_key": "ck",
    "consumer_secret": "cs&1",
    "user_token": "ut",
    "user_token_secret": "us/2",
}
LINK = re.compile(r"https?://\S+")


class XStandIn(StandInNetwork):
    def play(self, asked: Asked) -> Said:
        self._prove(asked)
        if asked.path == "/2/users/me":
            return Said(data={"data": {"id": "12", "username": "courier"}})
        if asked.path == "/2/tweets":
            return self._create(asked)
        number = asked.path.removeprefix("/2/tweets/")
        if asked.method == "DELETE" and number.isdecimal():
            return Said(data={"data": {"deleted": self.things.pop(number, None) is not None}})
        raise Refusal(404, {"title": "Not Found Error", "detail": "Could not find tweet"})

    def _create(self, asked: Asked) -> Said:
        text = asked.data["text"]
        if len(LINK.sub("x" * 23, text)) > 280:
            raise Refusal(403, {"title": "Forbidden", "detail": "Your Tweet text is too long."})
        if any(thing["text"] == text for thing in self.things.values()):
            raise Refusal(403, {"title": "Forbidden", "detail": "duplicate content"})
        reply = asked.data.get("reply")
        if reply and reply["in_reply_to_tweet_id"] not in self.things:
            raise Refusal(400, {"title": "Invalid Request"})
        return Said(201, {"data": {"id": self.make({"text": text}), "text": text}})

    def _prove(self, asked: Asked) -> None:
        """Rebuilt here by hand from RFC 5849, not by our own function."""
        given = dict(
            re.findall(r'(\w+)="([^"]*)"', asked.headers.get("authorization", "OAuth nothing"))
        )
        claimed = unquote(given.pop("oauth_signature", ""))
        line = "&".join(f"{name}={value}" for name, value in sorted(given.items()))
        base = "&".join([asked.method, _q(f"{self.url}{asked.path}"), _q(line)])
        key = f"{_q(KEYS['consumer_secret'])}&{_q(KEYS['user_token_secret'])}"
        made = hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()
        if claimed != base64.b64encode(made).decode() or given["oauth_token"] != "ut":
            raise Refusal(401, {"title": "Unauthorized", "detail": "Unauthorized"})


def _q(text: str) -> str:
    return quote(text, safe="-._~")
