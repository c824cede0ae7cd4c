"""Whom the outbound client believes to be who they say they are."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from masthead.core.outbound import Guard, Refused, Unreachable, guarded_by

from .asking import fetch
from .stand_in import a_stand_in, answer, redirect


@pytest.fixture
def tls(tmp_path: Path) -> tuple[ssl.SSLContext, Callable[[], ssl.SSLContext]]:
    """For a server that proves to be news.example, and for an asker who trusts that proof."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "news.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem)
    return serving, lambda: ssl.create_default_context(cafile=str(pem))


def test_the_certificate_must_name_the_host_though_the_address_is_called(tls: Any) -> None:
    serving, trusting = tls
    with a_stand_in(answer(b"safe"), tls=serving) as stand_in:
        guard = Guard(
            resolve=lambda host, port: ["127.0.0.1"], loopback_ports=[stand_in.port], tls=trusting
        )
        with guarded_by(guard):
            right = fetch(stand_in.url(scheme="https", host="news.example"))
            with pytest.raises(Unreachable):
                fetch(stand_in.url(scheme="https", host="other.example"))
            with pytest.raises(Unreachable):
                fetch(stand_in.url(scheme="https"))

    assert right.content == b"safe"
    assert [headers["Host"] for _method, _path, headers, _body in stand_in.asked] == [
        f"news.example:{stand_in.port}"
    ]


def test_a_certificate_nobody_vouches_for_is_unreachable(tls: Any) -> None:
    serving, _trusting = tls
    with a_stand_in(answer(), tls=serving) as stand_in:
        guard = Guard(resolve=lambda host, port: ["127.0.0.1"], loopback_ports=[stand_in.port])
        with guarded_by(guard), pytest.raises(Unreachable):
            fetch(stand_in.url(scheme="https", host="news.example"))


def test_a_redirect_from_https_to_http_is_refused(tls: Any) -> None:
    serving, trusting = tls
    with a_stand_in(redirect("http://news.example/"), tls=serving) as stand_in:
        guard = Guard(
            resolve=lambda host, port: ["127.0.0.1"],
            loopback_ports=[stand_in.port, 80],
            tls=trusting,
        )
        with guarded_by(guard), pytest.raises(Refused):
            fetch(stand_in.url(scheme="https", host="news.example"))
