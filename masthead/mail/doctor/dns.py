"""Questions to the DNS; a name without an answer and a server that does not answer differ."""

from ipaddress import ip_address

from dns import exception, resolver, reversename
from dns.name import EmptyLabel, LabelTooLong

SECONDS = 5


class NoAnswer(Exception):
    """The DNS could not be asked; nothing is known."""


class Dns:
    """nameserver: ADDRESS or ADDRESS:PORT to ask instead of the machine's own."""

    def __init__(self, nameserver: str = "") -> None:
        self._resolver = resolver.Resolver(configure=not nameserver)
        if nameserver:
            address, _, port = nameserver.rpartition(":")
            self._resolver.nameservers = [address or port]
            self._resolver.port = int(port) if address else 53
        self._resolver.lifetime = SECONDS

    def ask(self, name: str, kind: str) -> list[str]:
        """As text; empty when there is no such record. Raises NoAnswer."""
        try:
            answer = self._resolver.resolve(name, kind, search=False)
        except (resolver.NXDOMAIN, resolver.NoAnswer, EmptyLabel, LabelTooLong):
            return []
        except exception.DNSException as error:
            raise NoAnswer(f"The DNS does not answer for {name}: {type(error).__name__}") from error
        return [_as_text(each) for each in answer]

    def texts(self, name: str, begins: str) -> list[str]:
        """TXT records of one sort. Raises NoAnswer."""
        return [t for t in self.ask(name, "TXT") if t.lower().startswith(begins.lower())]

    def addresses(self, name: str) -> list[str]:
        """Of both families; an address is its own. Raises NoAnswer."""
        try:
            return [str(ip_address(name.strip("[]")))]
        except ValueError:
            return [*self.ask(name, "A"), *self.ask(name, "AAAA")]

    def names_of(self, address: str) -> list[str]:
        """PTR. Raises NoAnswer."""
        name = reversename.from_address(address).to_text()
        return [each.rstrip(".").lower() for each in self.ask(name, "PTR")]

    def exchangers(self, domain: str) -> list[str]:
        """MX, the first choice first; "" for a domain that takes no mail (RFC 7505)."""
        rows = [each.split() for each in self.ask(domain, "MX")]
        ordered = sorted(rows, key=lambda row: int(row[0]))
        return [host.rstrip(".").lower() for _preference, host in ordered]


def _as_text(record: object) -> str:
    strings = getattr(record, "strings", None)
    if strings is not None:  # a long TXT record comes in pieces that belong together
        return b"".join(strings).decode("utf-8", "replace")
    return str(record)
