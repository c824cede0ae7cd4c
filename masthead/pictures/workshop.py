"""
Where pictures are decoded: a process of its own with little memory and little time.

    python -m masthead.pictures.workshop look NAME              the file comes on standard input
    python -m masthead.pictures.workshop copy ORIGINAL FOLDER CREDIT

Answers one line of JSON: {"format", "width", "height", "words"} or {"copies", "colour", "width",
"height"}, or {"problem": one of the keys of `looking.SENTENCES`, …}. Without an answer the file
was more than the limits allow. No Django here: it starts in about 0.1 s.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from masthead.pictures.embedded import read_words, xmp_packet

MOST_MEMORY_BYTES = 512 * 1024**2
MOST_CPU_SECONDS = 10
MOST_PIXELS = 40_000_000
MOST_SLENDER = 10  # long side to short side; a taller copy would pass WebP's 16,383 px
READ_FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
WIDTHS = (400, 800, 1200, 1600)
AVIF_WIDEST = 1200  # px; above it encoding takes longer than readers gain
WRITING: dict[str, dict[str, Any]] = {
    "avif": {"quality": 50, "speed": 8, "max_threads": 1},
    "webp": {"quality": 74, "method": 4},
    "jpeg": {"quality": 78, "progressive": True, "optimize": True},
}
EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations that swap width and height
GROUND = (255, 255, 255)  # behind transparency, in every format and in both looks


class Refused(Exception):
    """This file cannot become a picture; `problem` is a key of `looking.SENTENCES`."""

    def __init__(self, problem: str, **facts: Any) -> None:
        super().__init__(problem)
        self.answer = {"problem": problem, **facts}


def look(data: bytes) -> dict[str, Any]:
    """Read the header, refuse what is too big, then decode once to see that it is whole."""
    image = _open(BytesIO(data))
    header = image.size  # decoding a JPEG small changes image.size
    kind = _format(image)
    _load(image, smallest=64)
    words = read_words(image)
    width, height = _upright_size(image, header)
    return {"format": kind, "width": width, "height": height, "words": words}


def copy(original: Path, folder: Path, credit: str) -> dict[str, Any]:
    """Make every copy of one picture in `folder`."""
    image = _open(original)
    words = read_words(image)
    if credit and "credit" not in words:
        words["credit"] = credit
    width, height = _upright_size(image, image.size)
    widths = [each for each in WIDTHS if each <= width] or [width]
    largest = _prepared(image, size=_size_at(widths[-1], width, height))
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for each in widths:
        small = _resized(largest, _size_at(each, width, height))
        for name in WRITING:
            if name != "avif" or each <= AVIF_WIDEST:
                copies.append(_write(small, name, folder, xmp_packet(words)))
    red, green, blue = largest.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    colour = f"#{red:02x}{green:02x}{blue:02x}"
    return {"copies": copies, "colour": colour, "width": width, "height": height}


def _open(source: Any) -> Image.Image:
    try:
        image = Image.open(source, formats=READ_FORMATS)
    except UnidentifiedImageError as error:
        raise Refused("not_a_picture") from error
    except (OSError, SyntaxError, ValueError, IndexError, TypeError) as error:
        raise Refused("damaged") from error
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Refused("too_many_pixels", pixels=width * height)
    if max(width, height) > MOST_SLENDER * min(width, height):
        raise Refused("too_slender", width=width, height=height)
    return image


def _format(image: Image.Image) -> str:
    # Cameras put a preview behind the picture; Pillow calls such a JPEG "MPO".
    return "JPEG" if image.format == "MPO" else str(image.format)


def _upright_size(image: Image.Image, size: tuple[int, int]) -> tuple[int, int]:
    return size[::-1] if _is_sideways(image) else size


def _is_sideways(image: Image.Image) -> bool:
    with suppress(Exception):  # a broken EXIF block is no reason to refuse a picture
        return image.getexif().get(0x0112) in SIDEWAYS
    return False


def _load(image: Image.Image, *, smallest: int) -> None:
    """Decode; a JPEG at the smallest scale that still has `smallest` px each way."""
    image.draft(None, (smallest, smallest))
    try:
        image.load()
    except MemoryError:
        raise
    except Exception as error:  # every plug-in has its own way to say that data is broken
        raise Refused("damaged") from error


def _prepared(image: Image.Image, *, size: tuple[int, int]) -> Image.Image:
    """Decoded, at `size`, upright, on white, in sRGB."""
    profile = image.info.get("icc_profile")
    lying = size[::-1] if _is_sideways(image) else size
    _load(image, smallest=max(size))
    exif = image.getexif()
    small = _resized(_with_channels(image), lying)
    small.info["exif"] = exif.tobytes() if exif else b""
    with suppress(Exception):  # see _is_sideways
        small = ImageOps.exif_transpose(small)
    return _on_white(_in_srgb(small, profile))


def _with_channels(image: Image.Image) -> Image.Image:
    """Palettes and single bits cannot be averaged, so give each pixel its channels."""
    if image.mode in {"P", "PA"}:
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode.startswith("I"):  # 16-bit greys: Pillow would clip, not scale
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"1", "F"}:
        return image.convert("L")
    if "transparency" in image.info:  # one colour named as see-through
        return image.convert("RGBA")
    return image


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    has_alpha = image.mode in {"RGBA", "LA", "RGBa", "La"}
    if profile and not has_alpha:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            made = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if made is not None:
                return made
    return image.convert("RGBA" if has_alpha else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    plain = Image.new("RGB", image.size, GROUND)
    plain.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return plain


def _size_at(width: int, full_width: int, full_height: int) -> tuple[int, int]:
    return width, max(1, round(full_height * width / full_width))


def _write(image: Image.Image, name: str, folder: Path, xmp: bytes) -> dict[str, Any]:
    """A whole file under its name or none: written aside, synced, renamed."""
    buffer = BytesIO()
    image.save(buffer, format=name, **WRITING[name], **({"xmp": xmp} if xmp else {}))
    file = folder / f"{image.width}.{EXTENSIONS[name]}"
    aside = folder / f".{file.name}.{os.getpid()}.part"
    with aside.open("wb") as out:
        out.write(buffer.getbuffer())
        out.flush()
        os.fsync(out.fileno())
    aside.replace(file)
    size = {"width": image.width, "height": image.height}
    return {"format": name, **size, "file": file.name, "bytes": buffer.tell()}


def _limit() -> None:
    """Before anything is decoded: a bomb hits these walls, not the newsroom's memory."""
    # Two seconds apart, so that SIGXCPU comes first and cannot be taken for an operator's SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS + 2))
    with suppress(ValueError, OSError):  # not every kernel has it
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    Image.MAX_IMAGE_PIXELS = None  # ours is lower and answers with a sentence


def main(arguments: list[str]) -> int:
    _limit()
    try:
        if arguments[0] == "look":
            answer = look(sys.stdin.buffer.read())
        else:
            original, folder, credit = arguments[1:]
            answer = copy(Path(original), Path(folder), credit)
    except Refused as refused:
        answer = refused.answer
    except MemoryError:
        answer = {"problem": "too_hard"}
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
