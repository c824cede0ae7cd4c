"""Nothing of Masthead calls another machine but through `masthead.core.outbound`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import masthead

PACKAGE = Path(masthead.__file__).parent
CLIENT = PACKAGE / "core" / "outbound"
CALLERS = {
    "aiohttp",
    "asyncio.streams",
    "dns.resolver",
    "ftplib",
    "http.client",
    "httpx",
    "imaplib",
    "poplib",
    "pycurl",
    "requests",
    "smtplib",
    "socket",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "xmlrpc.client",
}
# `masthead up` asks its own web process, on loopback, whether it answers yet.
PROBE = ("cli/watch.py", "urllib.request")
# Where the front door and the program behind it listen, which is not calling.
LISTENS = {(name, "socket") for name in ("press/door/server.py", "press/room.py", "cli/app.py")}
# Tells the operator's own caches, at addresses that only the operator sets.
OUTER_CACHES = ("press/outer/client.py", "urllib3")
# Hands mail to the operator's own server or service, at an address that only `mail_url` sets.
MAIL = {
    ("mail/transport/smtp.py", "smtplib"),
    ("mail/transport/smtp_crew.py", "socket"),
    ("mail/transport/mail_services.py", "requests"),
    ("mail/transport/mail_services.py", "urllib3"),
}
# Reads the operator's own mailbox, and looks at their DNS and their server when they ask it to.
POST = {
    ("mail/incoming/mailbox.py", "imaplib"),
    ("mail/incoming/mailbox.py", "poplib"),
    ("mail/doctor/dns.py", "dns.resolver"),
    ("mail/doctor/relay.py", "smtplib"),
}
# Asks the machine's own resolver which name an address has, and back; calls nobody.
NAMES = ("press/crawlers.py", "socket")
HARMLESS_OF_SOCKET = {"gethostname"}
THEIR_FETCHERS = {"fetch_url", "fetch_response", "urlopen", "urlretrieve", "open_connection"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module a file imports, wherever in it and by whichever form."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _name(node.func) in {"import_module", "__import__"}:
            yield from (arg.value for arg in node.args if _is_text(arg))  # type: ignore[attr-defined]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def used_of_socket(tree: ast.AST) -> set[str]:
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and _name(node.value) == "socket"
    }


def callers_in(source: str) -> set[str]:
    tree = ast.parse(source)
    names = set(imported(tree))
    found = {
        caller
        for caller in CALLERS
        for name in names
        if name == caller or name.startswith(f"{caller}.")
    }
    if names & {"socket"} and used_of_socket(tree) <= HARMLESS_OF_SOCKET:
        found -= {"socket"}
    return found | {
        _name(n)
        for n in ast.walk(tree)
        if isinstance(n, ast.Attribute | ast.Name) and _name(n) in THEIR_FETCHERS
    }


def modules() -> list[Path]:
    return sorted(file for file in PACKAGE.rglob("*.py") if not file.is_relative_to(CLIENT))


def test_no_other_module_can_call_out() -> None:
    found = {
        (str(file.relative_to(PACKAGE)), caller)
        for file in modules()
        for caller in callers_in(file.read_text("utf-8"))
    }

    ours = LISTENS | MAIL | POST | {PROBE, (PROBE[0], "urlopen"), OUTER_CACHES, NAMES}
    assert found - ours == set()


def test_the_probe_asks_only_its_own_web_process() -> None:
    source = (PACKAGE / PROBE[0]).read_text("utf-8")

    assert source.count("urlopen(") == 1
    assert 'urlopen(f"http://{host}:{port}/-/live"' in source


def test_caches_in_front_are_the_only_ones_asked_past_the_guard() -> None:
    users = {
        str(file.relative_to(PACKAGE))
        for file in modules()
        if "press.outer.client" in file.read_text("utf-8")
        and "Line" in _words(file.read_text("utf-8"))
    }
    addresses = {
        arg.value if isinstance(arg, ast.Constant) else ast.unparse(arg)
        for user in users
        for node in ast.walk(ast.parse((PACKAGE / user).read_text("utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) == "Line"
        for arg in node.args
    }

    assert (users, addresses) == (
        {f"press/outer/{kind}.py" for kind in ("varnish", "nginx", "http")},
        {"cache.url"},
    )


def test_mail_goes_only_to_where_the_operator_said() -> None:
    named = {
        str(file.relative_to(PACKAGE))
        for file in modules()
        if "masthead.mail.transport" in file.read_text("utf-8")
        and {"Server", "MailService", "Smtp"} & set(_words(file.read_text("utf-8")))
    }

    assert {name for name in named if not name.startswith("mail/transport/")} == set()


def test_no_module_loosens_the_guard() -> None:
    loosened = [
        str(file)
        for file in modules()
        if {"guarded_by", "loopback_ports"} & set(_words(file.read_text("utf-8")))
    ]

    assert loosened == []


def _words(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute | ast.Name):
            yield _name(node)
        elif isinstance(node, ast.alias | ast.keyword):
            yield str(getattr(node, "name", None) or getattr(node, "arg", ""))


def test_every_form_of_import_is_seen() -> None:
    assert callers_in("import requests.sessions") == {"requests"}
    assert callers_in("from urllib import request") == {"urllib.request"}
    assert callers_in("def f():\n  from http.client import HTTPConnection") == {"http.client"}
    assert callers_in("import socket\nsocket.create_connection(1)") == {"socket"}
    assert callers_in("import_module('urllib3')") == {"urllib3"}
    assert callers_in("import socket\nsocket.gethostname()") == set()
    assert callers_in("import trafilatura\ntrafilatura.fetch_url('x')") == {"fetch_url"}
