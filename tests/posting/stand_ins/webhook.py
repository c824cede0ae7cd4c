"""A program that is told of releases: proves the signature, and leaves out what it had."""

import base64
import hashlib
import hmac
import json
import time

from tests.posting.stand_ins.server import Asked, Refusal, Said, StandInNetwork

KEY = b"a shared secret of some length"
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
MOST_AGE_SECONDS = 300


class WebhookStandIn(StandInNetwork):
    def __init__(self) -> None:
        super().__init__()
        self.tellings: list[str] = []  # every one that was proved, the repeated ones too

    def play(self, asked: Asked) -> Said:
        name, at = asked.headers["webhook-id"], asked.headers["webhook-timestamp"]
        signed = f"{name}.{at}.".encode() + asked.body
        digest = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
        is_fresh = abs(time.time() - int(at)) < MOST_AGE_SECONDS
        if asked.headers["webhook-signature"] != f"v1,{digest}" or not is_fresh:
            raise Refusal(401, {"error": "The signature does not fit"})
        event = json.loads(asked.body)
        if event["type"] != "ping":
            self.tellings.append(name)
            if name not in self.things:
                self.make(event, id=name)
        return Said(200, raw=b"thanks")
