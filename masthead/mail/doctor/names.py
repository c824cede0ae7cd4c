"""What the DNS says of a sender's domain: SPF, DKIM, DMARC, MX, BIMI."""

import base64
import binascii
from collections.abc import Iterator

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from masthead.mail.doctor.dmarc import GONE, POLICIES, find_policy, is_aligned
from masthead.mail.doctor.dns import Dns
from masthead.mail.doctor.findings import Finding, failed, passed, warned
from masthead.mail.doctor.spf import evaluate

FEWEST_BITS = 1024
GOOD_BITS = 2048


def look_at_spf(dns: Dns, domain: str, addresses: list[str]) -> Iterator[Finding]:
    if not addresses:
        yield warned("SPF", domain, "From where mail leaves is not known; say --from-host HOST.")
        return
    for address in addresses:
        found = evaluate(dns=dns, domain=domain, address=address)
        about = f"{domain} from {address}"
        if found.result == "pass":
            said = f"Allowed, with {found.lookups} of 10 lookups."
            yield passed("SPF", about, said)
        elif found.result == "none":
            family = "ip6" if ":" in address else "ip4"
            yield failed("SPF", about, f"Add a TXT record: v=spf1 {family}:{address} -all")
        elif found.result == "permerror":
            yield failed("SPF", about, f"Mend the record: {found.because}.")
        else:
            yield failed("SPF", about, f"The record says {found.result}; add this address to it.")


def look_at_dkim(dns: Dns, domain: str, selector: str) -> Finding:
    if not selector:
        return warned("DKIM", domain, "Set dkim_selector to what your signer uses.")
    name = f"{selector}._domainkey.{domain}"
    records = [text for text in dns.ask(name, "TXT") if "p=" in text]
    if len(records) != 1:
        return failed("DKIM", name, f"Publish the signer's key as one TXT record at {name}.")
    pairs = (each.partition("=") for each in records[0].split(";"))
    tags = {key.strip().lower(): "".join(value.split()) for key, _equals, value in pairs}
    if not tags.get("p"):
        return failed("DKIM", name, "The key is withdrawn (p= is empty); publish the new one.")
    if "y" in tags.get("t", "").split(":"):
        return warned("DKIM", name, "Take t=y out: it says that signatures are only being tried.")
    return _key(name, tags)


def _key(name: str, tags: dict[str, str]) -> Finding:
    kind = tags.get("k", "rsa").lower()
    if kind == "ed25519":
        return warned("DKIM", name, "Sign with RSA as well; not every receiver knows Ed25519.")
    try:
        key = load_der_public_key(base64.b64decode(tags["p"], validate=True))
    except (ValueError, binascii.Error, UnsupportedAlgorithm):
        return failed(
            "DKIM", name, "The key cannot be read; publish it anew, without quotes in p=."
        )
    bits = key.key_size if isinstance(key, RSAPublicKey) else 0
    if bits < FEWEST_BITS:
        return failed("DKIM", name, f"The key has {bits} bits; receivers want 2048.")
    if bits < GOOD_BITS:
        return warned("DKIM", name, f"The key has {bits} bits; make one of 2048.")
    return passed("DKIM", name, f"An RSA key of {bits} bits.")


def look_at_dmarc(dns: Dns, domain: str) -> Iterator[Finding]:
    policy = find_policy(dns, domain)
    if policy is None:
        yield failed(
            "DMARC", domain, f"Add a TXT record at _dmarc.{domain}: v=DMARC1; p=none; rua=mailto:…"
        )
        return
    own = policy.domain == domain
    wanted = policy.of("p", "none") if own else policy.of("sp", policy.of("p", "none"))
    if wanted not in POLICIES:
        yield failed("DMARC", policy.domain, f"“{wanted}” is no policy: none, quarantine, reject.")
    elif wanted == "none":
        yield warned(
            "DMARC", policy.domain, "p=none only watches; go to quarantine once reports are clean."
        )
    else:
        yield passed("DMARC", policy.domain, f"The policy is {wanted}.")
    left = [name for name in GONE if name in policy.tags]
    if left:
        yield warned(
            "DMARC", policy.domain, f"Take {', '.join(left)} out: RFC 9989 has them no more."
        )
    if not policy.of("rua"):
        yield warned("DMARC", policy.domain, "Add rua=mailto:… to be told who sends in your name.")


def look_at_alignment(dns: Dns, domain: str, return_path: str) -> Finding:
    """SPF vouches for the return path's domain; DMARC wants it to be the sender's."""
    policy = find_policy(dns, domain)
    strict = policy is not None and policy.of("aspf", "r") == "s"
    about = f"{domain} and {return_path}"
    if is_aligned(dns, domain, return_path, strict=strict):
        return passed("Alignment", about, "Sender and return path belong together.")
    return warned(
        "Alignment",
        about,
        "SPF does not count for DMARC here: put bounce_address below the sender's domain.",
    )


def look_at_mx(dns: Dns, domain: str, *, what: str) -> Finding:
    hosts = dns.exchangers(domain)
    if hosts == [""]:
        return failed("MX", domain, f"It says that it takes no mail, and {what} go there.")
    if not hosts:
        known = dns.addresses(domain)
        if known:
            return warned("MX", domain, "Add an MX record; now mail goes to the host of that name.")
        return failed("MX", domain, f"Add an MX record, or {what} cannot arrive.")
    lost = [host for host in hosts if not dns.addresses(host)]
    if lost:
        return failed("MX", domain, f"{lost[0]} has no address.")
    return passed("MX", domain, f"{what.capitalize()} arrive at {hosts[0]}.")


def look_at_bimi(dns: Dns, domain: str) -> Iterator[Finding]:
    """Nothing is said when there is no record: nobody needs one."""
    records = dns.texts(f"default._bimi.{domain}", "v=BIMI1")
    if not records:
        return
    pairs = (each.partition("=") for each in records[0].split(";"))
    tags = {name.strip().lower(): value.strip() for name, _equals, value in pairs}
    policy = find_policy(dns, domain)
    if policy is None or policy.of("p") not in {"quarantine", "reject"}:
        yield failed("BIMI", domain, "It counts only with a DMARC policy of quarantine or reject.")
    elif not tags.get("l", "").lower().startswith("https://"):
        yield failed("BIMI", domain, "l= must be an https address of an SVG (Tiny PS) below 32 kB.")
    elif not tags.get("a"):
        yield warned("BIMI", domain, "Without a certificate (a=) Gmail and Apple show no picture.")
    else:
        yield passed("BIMI", domain, "Picture and certificate are named.")


def look_at_ptr(dns: Dns, addresses: list[str]) -> Iterator[Finding]:
    for address in addresses:
        names = dns.names_of(address)
        if not names:
            yield failed("PTR", address, "Ask your host for a name of this address (reverse DNS).")
        elif not any(address in dns.addresses(name) for name in names):
            yield failed("PTR", address, f"{names[0]} does not lead back to this address.")
        else:
            yield passed("PTR", address, f"It is {names[0]}, and that leads back.")
