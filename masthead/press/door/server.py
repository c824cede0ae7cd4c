"""Runs the front door, in one process or several."""

import socket
from pathlib import Path

import uvicorn

from masthead.conf.config import read_settings, secret_key
from masthead.conf.intakes import GATES, INTAKES
from masthead.core.collecting import collect_seldom
from masthead.core.processes import Work, keep_running
from masthead.press.door.app import DoorApp
from masthead.press.door.crawlers import Checking
from masthead.press.door.door import Door
from masthead.press.door.events import Events, Ground, Pages, open_named
from masthead.press.door.files import Files
from masthead.press.door.follow import Follow
from masthead.press.door.gates import Gates
from masthead.press.door.printing import Printing
from masthead.press.door.protocol import DoorProtocol
from masthead.press.door.proxy import Proxy
from masthead.press.door.renewing import Renewing
from masthead.press.door.room import Room
from masthead.press.door.upstream import Pool
from masthead.press.shelf import Shelf

MEMORY_BYTES = 64 * 1024 * 1024
STOP_SECONDS = 20
KEEP_ALIVE_SECONDS = 5
BACKLOG = 2048


def app_socket(data: Path) -> Path:
    """Where the newsroom's program listens; its folder is made."""
    return _run_folder(data) / "app.sock"


def room_socket(data: Path) -> Path:
    """Where its press room listens."""
    return _run_folder(data) / "print.sock"


def _run_folder(data: Path) -> Path:
    folder = data / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def make_app(*, data: Path, shelf: Shelf, memory_bytes: int = MEMORY_BYTES) -> DoorApp:
    """The application with everything it needs. Raises BadSetting."""
    settings = read_settings(folder=data)
    secret = secret_key(folder=data, given=settings["secret_key"]).encode()
    pool, room = Pool(app_socket(data)), Room(Pool(room_socket(data)))
    door = Door(
        shelf=shelf,
        secret=secret,
        memory_bytes=memory_bytes,
        behind_proxy=settings["behind_proxy"],
    )
    former = [key.encode() for key in settings["former_secret_keys"]]
    ground = Ground(folder=data, secrets=(secret, *former), find_page=Pages(door))
    return DoorApp(
        door=door,
        files=Files(
            assets=data / "assets",
            media=data / "media",
            is_secure=settings["network_url"].startswith("https://"),
            show_missing=settings["debug"],
        ),
        printing=Printing(room),
        renewing=Renewing(room, door.classes),
        checking=Checking(room, door.crawlers),
        proxy=Proxy(pool, behind_proxy=settings["behind_proxy"]),
        follow=Follow(),
        home=f"{settings['network_url']}/",
        events=Events(open_named(INTAKES, ground)),
        gates=Gates(open_named(GATES, ground)),
    )


def make_config(app: DoorApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=DoorProtocol,
        ws="none",
        lifespan="on",
        interface="asgi3",
        loop=_loop(),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def run(
    *, data: Path, host: str, port: int, processes: int = 1, memory_bytes: int = MEMORY_BYTES
) -> None:
    """
    Serve until SIGTERM or SIGINT; answers under way are finished first.

    With several processes each has a socket of its own on the same port, and the kernel spreads
    the readers; one that falls is started again.
    """
    if processes == 1:
        _serve(data, bind(host, port, shared=False), memory_bytes)
        return
    # Bound once here and never accepted from: the port is ours while processes come and go.
    with bind(host, port, shared=True):
        serve = Work(
            "masthead web", lambda: _serve(data, bind(host, port, shared=True), memory_bytes)
        )
        keep_running([serve] * processes)


def bind(host: str, port: int, *, shared: bool) -> socket.socket:
    """Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _serve(data: Path, listener: socket.socket, memory_bytes: int) -> None:
    from masthead.press.shelf.opening import open_shelf

    config = make_config(make_app(data=data, shelf=open_shelf(data), memory_bytes=memory_bytes))
    collect_seldom()
    uvicorn.Server(config).run(sockets=[listener])


def _loop() -> str:
    """uvloop where it is installed: a tenth more requests a second."""
    try:
        import uvloop  # noqa: F401
    except ImportError:
        return "asyncio"
    return "uvloop"
