"""An authority of the run's own, and a server's certificate by it, for TLS on this machine."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certificates:
    """Files: `authority` is what a client trusts (SSL_CERT_FILE); the others are the server's."""

    authority: Path
    chain: Path
    key: Path


def make_certificates(folder: Path, *, host: str = "localhost") -> Certificates:
    """Good for a day."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Certificates(folder / "authority.pem", folder / "chain.pem", folder / "key.pem")
    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, name = _named("Masthead's tests"), _named(host)
    authority = _certificate(root_name, root_name, root.public_key(), is_authority=True)
    server = _certificate(name, root_name, key.public_key(), is_authority=False).add_extension(
        x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False
    )
    signed = [each.sign(root, hashes.SHA256()) for each in (server, authority)]
    pems = [each.public_bytes(serialization.Encoding.PEM) for each in signed]
    made.chain.write_bytes(pems[0])
    made.authority.write_bytes(pems[1])
    made.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    made.key.chmod(0o600)
    return made


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, is_authority: bool
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
