"""SPF (RFC 7208), evaluated for one address and one domain."""

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from masthead.mail.doctor.dns import Dns

MOST_LOOKUPS = 10
MOST_VOID = 2
RESULTS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
Address = IPv4Address | IPv6Address


class PermError(Exception):
    """The record cannot be evaluated; receivers then take it as none, or as a failure."""


@dataclass
class Evaluation:
    """result: pass, fail, softfail, neutral, none or permerror. lookups: of the ten allowed."""

    result: str = "none"
    lookups: int = 0
    because: str = ""
    voids: int = 0
    macros: list[str] = field(default_factory=list)


def evaluate(*, dns: Dns, domain: str, address: str) -> Evaluation:
    """Raises NoAnswer when the DNS could not be asked."""
    found = Evaluation()
    try:
        found.result = _check(dns, domain, ip_address(address), found) or "none"
    except PermError as error:
        found.result, found.because = "permerror", str(error)
    return found


def _check(dns: Dns, domain: str, address: Address, found: Evaluation) -> str:
    records = [r for r in dns.ask(domain, "TXT") if r.lower().split(" ")[0] == "v=spf1"]
    if not records:
        return ""
    if len(records) > 1:
        raise PermError(f"{domain} has {len(records)} SPF records; there must be one")
    redirect = ""
    for term in records[0].split()[1:]:
        name, _, value = term.partition("=")
        if name.lower() == "redirect":
            redirect = value
        elif "=" not in term.partition(":")[0] and (
            said := _term(dns, domain, address, found, term)
        ):
            return said
    if redirect:
        _count(found, f"redirect={redirect}")
        said = _check(dns, _named(redirect, found), address, found)
        if not said:
            raise PermError(f"{redirect} has no SPF record")
        return said
    return "neutral"


def _term(dns: Dns, domain: str, address: Address, found: Evaluation, term: str) -> str:
    sign = term[0] if term[0] in RESULTS else ""
    name, _, value = term.removeprefix(sign).partition(":")
    name, _, mask = name.partition("/")
    if _matches(dns, domain, address, found, name.lower(), value, mask):
        return RESULTS[sign or "+"]
    return ""


def _matches(
    dns: Dns,
    domain: str,
    address: Address,
    found: Evaluation,
    name: str,
    value: str,
    mask: str,
) -> bool:
    if name == "all":
        return True
    if name in {"ip4", "ip6"}:
        return _within(address, value)
    host, _, behind = value.partition("/")
    mask = mask or behind
    host = _named(host, found) if host else domain
    if name not in {"include", "a", "mx", "exists", "ptr"}:
        raise PermError(f"“{name}” is not an SPF term")
    _count(found, f"{name}:{host}")
    if name == "include":
        said = _check(dns, host, address, found)
        if not said:
            raise PermError(f"{host} is included and has no SPF record")
        return said == "pass"
    if name == "ptr":
        return any(each == host or each.endswith(f".{host}") for each in dns.names_of(str(address)))
    hosts = dns.exchangers(host)[:10] if name == "mx" else [host]
    known = [each for each_host in hosts for each in dns.addresses(each_host)]
    if not known:
        found.voids += 1
        if found.voids > MOST_VOID:
            raise PermError(f"more than {MOST_VOID} names in it do not exist, such as {host}")
    if name == "exists":
        return bool(known)
    return any(_within(address, f"{each}/{_mask(mask, each)}" if mask else each) for each in known)


def _mask(mask: str, address: str) -> str:
    """24//64, 24 or /64: what stands after two strokes is for IPv6."""
    four, _, six = f"/{mask}".partition("//")
    four = four.lstrip("/")
    return (six or "128") if ":" in address else (four or "32")


def _within(address: Address, network: str) -> bool:
    try:
        return address in ip_network(network, strict=False)
    except ValueError as error:
        raise PermError(f"“{network}” is no address") from error


def _named(name: str, found: Evaluation) -> str:
    if "%" in name:
        found.macros.append(name)
        raise PermError(f"“{name}” has macros, which the doctor does not evaluate")
    return name


def _count(found: Evaluation, what: str) -> None:
    found.lookups += 1
    if found.lookups > MOST_LOOKUPS:
        raise PermError(f"it asks for more than {MOST_LOOKUPS} names; the next is {what}")
