"""
`python -m benchmarks.ads.bare PORT`: the least that takes posts, as a floor for what counts them.

One process, one loop, one constant answer; no byte of a post is looked at.
"""

import asyncio
import os
import sys
from contextlib import suppress

import uvloop

from masthead.press.door.server import BACKLOG, bind

ANSWER = b"HTTP/1.1 204 No Content\r\ncache-control: no-store\r\n\r\n"


class Taking(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._socket = transport.get_extra_info("socket").fileno()

    def data_received(self, data: bytes) -> None:
        with suppress(OSError):  # the load has ended
            os.write(self._socket, ANSWER)


async def serve(port: int) -> None:
    listener = bind("127.0.0.1", port, shared=False)
    server = await asyncio.get_running_loop().create_server(Taking, sock=listener, backlog=BACKLOG)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(int(sys.argv[1])))
