"""DMARC by RFC 9989: the record is found by walking up the tree of names; no list of suffixes."""

from dataclasses import dataclass

from masthead.mail.doctor.dns import Dns

MOST_QUERIES = 8
GONE = ("pct", "rf", "ri")  # in RFC 7489, and not any more
POLICIES = {"none", "quarantine", "reject"}


@dataclass(frozen=True)
class Policy:
    """`domain`: whose record it is. `tags` by name, in lower case."""

    domain: str
    tags: dict[str, str]

    def of(self, name: str, otherwise: str = "") -> str:
        return self.tags.get(name, otherwise).lower()


def walk(dns: Dns, domain: str) -> list[Policy]:
    """
    The records on the way up from a name, nearest first. Raises NoAnswer.

    A long name is cut to seven labels after its own query, so that nobody is made to ask for ever.
    """
    labels = domain.lower().strip(".").split(".")
    names = [labels]
    rest = labels[1:] if len(labels) <= MOST_QUERIES else labels[-(MOST_QUERIES - 1) :]
    while rest:
        names.append(rest)
        rest = rest[1:]
    found: list[Policy] = []
    for name in names[:MOST_QUERIES]:
        policy = _record(dns, ".".join(name))
        if policy is None:
            continue
        found.append(policy)
        if policy.of("psd") in {"n", "y"}:  # an organisation's own end, or a registry's
            break
    return found


def find_policy(dns: Dns, domain: str) -> Policy | None:
    """The record in force for mail from a domain: its own, else its organisation's."""
    records = walk(dns, domain)
    if records and records[0].domain == domain.lower().strip("."):
        return records[0]
    organisation = organisational_domain(dns, domain)
    return next((each for each in records if each.domain == organisation), None)


def organisational_domain(dns: Dns, domain: str) -> str:
    """Where an organisation's names begin, by its records. Raises NoAnswer."""
    domain = domain.lower().strip(".")
    records = walk(dns, domain)
    for each in records:
        if each.of("psd") == "n":
            return each.domain
        if each.of("psd") == "y" and each.domain != domain:
            labels = domain.split(".")
            return ".".join(labels[-(each.domain.count(".") + 2) :])
    return records[-1].domain if records else domain


def is_aligned(dns: Dns, one: str, other: str, *, strict: bool) -> bool:
    """Whether two domains are taken for one sender's. Raises NoAnswer."""
    one, other = one.lower().strip("."), other.lower().strip(".")
    if one == other:
        return True
    return not strict and organisational_domain(dns, one) == organisational_domain(dns, other)


def _record(dns: Dns, domain: str) -> Policy | None:
    records = dns.texts(f"_dmarc.{domain}", "v=DMARC1")
    if len(records) != 1:  # several are taken as none
        return None
    pairs = (each.partition("=") for each in records[0].split(";"))
    tags = {name.strip().lower(): value.strip() for name, _equals, value in pairs if name.strip()}
    return Policy(domain.lower(), tags)
