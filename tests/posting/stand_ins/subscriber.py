"""A program that follows a feed through the hub: confirms what it wants, keeps what it is sent."""

from tests.posting.stand_ins.server import Asked, Refusal, Said, StandInNetwork


class SubscriberStandIn(StandInNetwork):
    def __init__(self) -> None:
        super().__init__()
        self.wants: set[tuple[str, str]] = set()  # modes with feeds that it confirms
        self.denied: list[str] = []
        self.leases: list[int] = []
        self.got: list[Asked] = []

    def play(self, asked: Asked) -> Said:
        if asked.method == "POST":
            self.got.append(asked)
            return Said(204)
        mode, feed = asked.query["hub.mode"], asked.query["hub.topic"]
        if mode == "denied":
            self.denied.append(feed)
            return Said(200)
        if (mode, feed) not in self.wants:
            raise Refusal(404)
        self.leases.append(int(asked.query.get("hub.lease_seconds", 0)))
        return Said(200, raw=asked.query["hub.challenge"].encode())
