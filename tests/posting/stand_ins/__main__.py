"""
`python -m tests.posting.stand_ins NAME…`: stand-ins in a process of their own, for fault runs.

Prints their ports as JSON and serves until its input ends. GET /-/made answers what was ever made.
"""

import json
import sys
from contextlib import ExitStack

from tests.posting.stand_ins.mastodon import MastodonStandIn
from tests.posting.stand_ins.server import Asked, Said, StandInNetwork, running
from tests.posting.stand_ins.telegram import TelegramStandIn

KINDS: dict[str, type[StandInNetwork]] = {
    "mastodon": MastodonStandIn,
    "telegram": TelegramStandIn,
}


def counted(kind: type[StandInNetwork]) -> StandInNetwork:
    class Counted(kind):  # type: ignore[valid-type,misc]
        def play(self, asked: Asked) -> Said:
            if asked.path == "/-/made":
                return Said(data=list(self.made))
            said: Said = super().play(asked)
            return said

    made: StandInNetwork = Counted()
    return made


if __name__ == "__main__":
    with ExitStack() as stack:
        opened = {name: stack.enter_context(running(counted(KINDS[name]))) for name in sys.argv[1:]}
        print(json.dumps({name: each.port for name, each in opened.items()}), flush=True)
        sys.stdin.read()
