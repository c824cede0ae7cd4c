"""
What a Postfix says to whom: a policy server (Postfix's SMTPD_POLICY_README), asked at each RCPT.

`python -m benchmarks.letters.policy [FAULTS as JSON]` prints its port and serves until its input is
closed. Everybody is taken in the end: what is put off is put off once.
"""

import asyncio
import json
import random
import sys
from dataclasses import dataclass


@dataclass
class Moods:
    """Shares from 0 to 1: put off with 450 once; 421 and hung up on, once; answered late."""

    later: float = 0.0
    closing: float = 0.0
    slow: float = 0.0
    slow_seconds: float = 0.0
    seed: int = 11


class Policy:
    def __init__(self, moods: Moods) -> None:
        self.moods = moods
        self.chance = random.Random(moods.seed)
        self.known: set[str] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked: dict[str, str] = {}
        while line := await reader.readline():
            name, _, value = line.decode("utf-8", "replace").strip().partition("=")
            if name:
                asked[name] = value
                continue
            if self.chance.random() < self.moods.slow:
                await asyncio.sleep(self.moods.slow_seconds)
            writer.write(f"action={self.action(asked.get('recipient', ''))}\n\n".encode())
            asked = {}
        writer.close()

    def action(self, recipient: str) -> str:
        if recipient in self.known:
            return "DUNNO"
        self.known.add(recipient)
        drawn = self.chance.random()
        if drawn < self.moods.later:
            return "450 4.2.0 Greylisted"
        if drawn < self.moods.later + self.moods.closing:
            return "421 4.3.2 Closing"
        return "DUNNO"


async def _serve(moods: Moods) -> None:
    server = await asyncio.start_server(Policy(moods).serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, ended.set)
    await ended.wait()


if __name__ == "__main__":
    asyncio.run(_serve(Moods(**json.loads(sys.argv[1])) if len(sys.argv) > 1 else Moods()))
