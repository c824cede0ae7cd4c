"""The mail doctor, against a DNS and a mail server of our own."""

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from masthead.cli import cli
from masthead.mail.doctor import dmarc, names, spf
from masthead.mail.doctor.dns import Dns, NoAnswer
from masthead.mail.doctor.findings import Finding
from masthead.mail.doctor.printed import look_at_headers
from masthead.mail.doctor.relay import look_at_relay
from tests.mail.dns_server import Zone, serving

HERE = "192.0.2.7"
SITE = "news.example"


@pytest.fixture(scope="module")
def zone() -> Iterator[tuple[Zone, str]]:
    rows: Zone = {}
    with serving(rows) as address:
        yield rows, address


@pytest.fixture
def told(zone: tuple[Zone, str]) -> Callable[[dict[str, str | list[str]]], Dns]:
    """A DNS that knows these: "KIND name" to what it says."""

    def tell(records: dict[str, str | list[str]]) -> Dns:
        rows, address = zone
        rows.clear()
        for key, said in records.items():
            kind, _, name = key.partition(" ")
            each = [said] if isinstance(said, str) else said
            quoted = [f'"{one}"' if kind == "TXT" and '"' not in one else one for one in each]
            rows[(name, kind)] = quoted
        return Dns(address)

    return tell


@pytest.mark.parametrize(
    ("record", "result"),
    [
        ("v=spf1 ip4:192.0.2.0/24 -all", "pass"),
        ("v=spf1 ip4:198.51.100.0/24 -all", "fail"),
        ("v=spf1 ip4:198.51.100.0/24 ~all", "softfail"),
        ("v=spf1 ?all", "neutral"),
        ("v=spf1", "neutral"),
        ("v=spf1 a:mx.example -all", "pass"),
        ("v=spf1 a:near.example/29 -all", "pass"),
        ("v=spf1 mx:mail.example -all", "pass"),
        ("v=spf1 include:relay.example -all", "pass"),
        ("v=spf1 -include:relay.example +all", "fail"),
        ("v=spf1 include:refuses.example -all", "fail"),
        ("v=spf1 redirect=relay.example", "pass"),
        ("v=spf1 include:nosuch.example -all", "permerror"),
        ("v=spf1 ip4:none -all", "permerror"),
        ("v=spf1 nonsense -all", "permerror"),
        ("v=spf1 exists:%{i}.x.example -all", "permerror"),
        ("v=spf10 +all", "none"),
    ],
)
def test_spf_is_evaluated_for_our_address(told, record, result):
    dns = told(
        {
            f"TXT {SITE}": record,
            "A mx.example": HERE,
            "A near.example": "192.0.2.1",
            "MX mail.example": ["10 mx.example.", "5 other.example."],
            "TXT relay.example": f"v=spf1 ip4:{HERE} -all",
            "TXT refuses.example": "v=spf1 -all",
        }
    )

    assert spf.evaluate(dns=dns, domain=SITE, address=HERE).result == result


@pytest.mark.parametrize(("deep", "result"), [(10, "pass"), (11, "permerror")])
def test_spf_may_ask_for_ten_names(told, deep, result):
    chain: dict[str, Any] = {
        f"TXT n{number}.example": f"v=spf1 include:n{number + 1}.example -all"
        for number in range(deep)
    }
    dns = told(chain | {f"TXT n{deep}.example": "v=spf1 +all"})

    found = spf.evaluate(dns=dns, domain="n0.example", address=HERE)

    assert (found.result, found.lookups) == (result, min(deep, 11))


def test_two_spf_records_are_none_that_counts(told):
    dns = told({f"TXT {SITE}": ["v=spf1 +all", "v=spf1 -all"]})

    assert spf.evaluate(dns=dns, domain=SITE, address=HERE).result == "permerror"


def test_spf_of_an_address_of_the_newer_kind(told):
    dns = told({f"TXT {SITE}": "v=spf1 a:six.example//64 -all", "AAAA six.example": "2001:db8::1"})

    assert spf.evaluate(dns=dns, domain=SITE, address="2001:db8::7").result == "pass"


@pytest.mark.parametrize(
    ("records", "domain", "owner"),
    [
        ({"a.news.example": "", "news.example": ""}, "a.news.example", "a.news.example"),
        ({"news.example": ""}, "a.b.news.example", "news.example"),
        ({"news.example": "", "example": "; psd=y"}, "a.news.example", "news.example"),
        ({"example": "; psd=y"}, "a.news.example", None),
        ({"b.news.example": "; psd=n", "news.example": ""}, "a.b.news.example", "b.news.example"),
        ({"news.example": ""}, "1.2.3.4.5.6.7.8.9.news.example", "news.example"),
        ({}, "news.example", None),
    ],
)
def test_a_policy_is_found_by_walking_up_the_tree(told, records, domain, owner):
    dns = told({f"TXT _dmarc.{name}": f"v=DMARC1; p=none{more}" for name, more in records.items()})

    found = dmarc.find_policy(dns, domain)

    assert (found and found.domain) == owner


@pytest.mark.parametrize(
    ("one", "other", "strict", "aligned"),
    [
        ("news.example", "news.example", True, True),
        ("news.example", "bounces.news.example", False, True),
        ("news.example", "bounces.news.example", True, False),
        ("news.example", "other.example", False, False),
    ],
)
def test_domains_are_aligned_by_their_organisation(told, one, other, strict, aligned):
    dns = told(
        {
            "TXT _dmarc.news.example": "v=DMARC1; p=none",
            "TXT _dmarc.other.example": "v=DMARC1; p=none",
        }
    )

    assert dmarc.is_aligned(dns, one, other, strict=strict) is aligned


def marks(findings: Any) -> list[str]:
    each = [findings] if isinstance(findings, Finding) else list(findings)
    return [finding.mark for finding in each]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (None, ["fail"]),
        ("v=DMARC1; p=none; rua=mailto:d@x.example", ["warn"]),
        ("v=DMARC1; p=reject; rua=mailto:d@x.example", ["pass"]),
        ("v=DMARC1; p=reject", ["pass", "warn"]),
        ("v=DMARC1; p=nonsense; rua=mailto:d@x.example", ["fail"]),
        ("v=DMARC1; p=reject; pct=50; rua=mailto:d@x.example", ["pass", "warn"]),
    ],
)
def test_what_the_doctor_says_of_a_policy(told, record, expected):
    dns = told({f"TXT _dmarc.{SITE}": record} if record else {})

    assert marks(names.look_at_dmarc(dns, SITE)) == expected


def a_key(bits: int) -> str:
    public = generate_private_key(65537, bits).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    text = base64.b64encode(der).decode()
    return f'"v=DKIM1; k=rsa; p={text[:200]}" "{text[200:]}"'


@pytest.mark.parametrize(
    ("record", "mark"),
    [
        (lambda: a_key(2048), "pass"),
        (lambda: a_key(1024), "warn"),
        (lambda: "v=DKIM1; p=", "fail"),
        (lambda: "v=DKIM1; p=bm90IGEga2V5", "fail"),
        (lambda: "v=DKIM1; k=ed25519; p=bm90IGEga2V5", "warn"),
        (lambda: "v=DKIM1; t=y; p=bm90IGEga2V5", "warn"),
        (None, "fail"),
    ],
)
def test_what_the_doctor_says_of_a_key(told, record, mark):
    dns = told({f"TXT n1._domainkey.{SITE}": record()} if record else {})

    assert marks(names.look_at_dkim(dns, SITE, "n1")) == [mark]


@pytest.mark.parametrize(
    ("records", "mark"),
    [
        ({f"MX {SITE}": "10 mx.example.", "A mx.example": HERE}, "pass"),
        ({f"MX {SITE}": "10 mx.example."}, "fail"),
        ({f"MX {SITE}": "0 ."}, "fail"),
        ({f"A {SITE}": HERE}, "warn"),
        ({}, "fail"),
    ],
)
def test_what_the_doctor_says_of_exchangers(told, records, mark):
    assert marks(names.look_at_mx(told(records), SITE, what="answers")) == [mark]


@pytest.mark.parametrize(
    ("records", "mark"),
    [
        ({"PTR 7.2.0.192.in-addr.arpa": "mx.example.", "A mx.example": HERE}, "pass"),
        ({"PTR 7.2.0.192.in-addr.arpa": "mx.example.", "A mx.example": "192.0.2.8"}, "fail"),
        ({}, "fail"),
    ],
)
def test_what_the_doctor_says_of_an_addresss_name(told, records, mark):
    assert marks(names.look_at_ptr(told(records), [HERE])) == [mark]


@pytest.mark.parametrize(
    ("record", "policy", "expected"),
    [
        (None, "reject", []),
        ("v=BIMI1; l=https://x.example/a.svg; a=https://x.example/a.pem", "reject", ["pass"]),
        ("v=BIMI1; l=https://x.example/a.svg", "reject", ["warn"]),
        ("v=BIMI1; l=http://x.example/a.svg", "reject", ["fail"]),
        ("v=BIMI1; l=https://x.example/a.svg", "none", ["fail"]),
    ],
)
def test_a_picture_beside_mails_is_looked_at_only_where_there_is_one(
    told, record, policy, expected
):
    records = {f"TXT _dmarc.{SITE}": f"v=DMARC1; p={policy}"}
    if record:
        records[f"TXT default._bimi.{SITE}"] = record

    assert marks(names.look_at_bimi(told(records), SITE)) == expected


def test_a_dns_that_does_not_answer_is_not_taken_for_one_that_knows_nothing(monkeypatch):
    with serving({}, {SITE}) as address:
        dns = Dns(address)
        dns._resolver.lifetime = 0.2
        with pytest.raises(NoAnswer):
            dns.ask(SITE, "TXT")


GOOD = (
    b"From: a@x.example\r\nTo: b@x.example\r\nSubject: s\r\nDate: d\r\nMessage-ID: <m@x>\r\n"
    b"List-Id: <evening.courier.example>\r\n"
    b"List-Unsubscribe: <https://x.example/leave/1/>, <mailto:b@x.example>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nbody"
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((b"", b""), ["pass", "pass", "pass"]),
        ((b"Date: d\r\n", b""), ["fail", "pass", "pass"]),
        ((b"Subject: s\r\n", b"Subject: s\r\nSubject: s\r\n"), ["fail", "pass", "pass"]),
        ((b">, <mailto", b">,\r\n <mailto"), ["pass", "fail", "pass"]),
        ((b"https:", b"http:"), ["pass", "fail", "pass"]),
        ((b"=One-Click", b"=one"), ["pass", "fail", "pass"]),
        ((b"<evening.courier.example>", b"evening"), ["pass", "pass", "warn"]),
        ((b"Subject: s", b"Subject: " + b"s" * 1000), ["fail", "pass", "pass"]),
    ],
)
def test_what_the_doctor_says_of_a_message(change, expected):
    raw = GOOD.replace(*change) if change[0] else GOOD

    assert marks(look_at_headers(raw, "an edition", is_edition=True)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", [("Relay", "warn")]),
        ("mailgun://key@x.example", [("Relay", "pass")]),
        ("smtp://127.0.0.1:1", [("Relay", "fail")]),
    ],
)
def test_what_the_doctor_says_of_a_relay_it_does_not_reach(url, expected):
    assert [(each.what, each.mark) for each in look_at_relay(url)] == expected


def test_the_command_says_what_to_do_and_ends_with_one(told, zone, settings, db):
    told({f"TXT {SITE}": f"v=spf1 ip4:{HERE} -all"})
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_URL = f"desk@{SITE}", ""
    settings.MAIL_SENDERS = {"nobody": f"x@{SITE}"}
    asked = ["mail", "doctor", "--from-host", HERE, "--nameserver", zone[1]]

    plain = CliRunner().invoke(cli, asked)
    told_as_json = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).output)

    found = {(each["what"], each["mark"]) for each in told_as_json["findings"]}
    assert plain.exit_code == 1
    assert f"PASS  SPF          {SITE} from {HERE}: Allowed, with 0 of 10 lookups." in plain.output
    assert {("SPF", "pass"), ("DMARC", "fail"), ("Headers", "pass"), ("Senders", "fail")} <= found
