"""Picture files, good and bad, made by code so that nobody has to trust a binary."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

RED, BLUE = (200, 40, 40), (40, 40, 200)


def a_picture(
    *, width: int = 1000, height: int = 500, mode: str = "RGB", colour: Any = RED
) -> Image.Image:
    return Image.new(mode, (width, height), colour)


def two_halves(*, width: int = 900, height: int = 600) -> Image.Image:
    """Red on the left, blue on the right."""
    image = a_picture(width=width, height=height)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def as_bytes(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def a_jpeg(**size: Any) -> bytes:
    return as_bytes(a_picture(**size))


def a_bomb(*, width: int = 13_000, height: int = 13_000) -> bytes:
    """A small PNG that says, truthfully, that it has 169 million pixels."""
    row = b"\0" + b"\0" * (width // 8)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", rows)
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_svg(*, script: bool) -> bytes:
    inside = "<script>alert(1)</script>" if script else "<circle r='5'/>"
    return f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>".encode()


def with_iptc(jpeg: bytes, records: dict[tuple[int, int], bytes]) -> bytes:
    """The JPEG with an IPTC block, as a picture desk's program writes it."""
    block = b"".join(
        struct.pack(">BBBH", 0x1C, record, dataset, len(value)) + value
        for (record, dataset), value in records.items()
    )
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(block)) + block
    body = b"Photoshop 3.0\0" + resource + (b"\0" if len(block) % 2 else b"")
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


XMP = """<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 photoshop:Credit="Quay Pictures" photoshop:DateCreated="2026-11-16T06:40:00">
<dc:creator><rdf:Seq><rdf:li>Ines Varga</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Quay Pictures 2026</rdf:li></rdf:Alt></dc:rights>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The ferry at dawn.</rdf:li></rdf:Alt>
</dc:description>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A white ferry</rdf:li>
</rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>""".encode()


def gps_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (54.0, 20.0, 11.0), 3: "E", 4: (10.0, 8.0, 7.0)}
    exif[0x013B] = "Ines Varga"
    return exif


def turned_exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif
