"""A sheet of cut paper: shapes are laid on it at twice the printed size, each with its shadow."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Sequence
from typing import TypedDict, Unpack

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]
Stops = Sequence[tuple[float, str]]

# Everything is cut at twice the printed size: reducing it is what smooths the edges.
OVER = 2
SHADOW = (14, 18, 32)


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, part: float) -> str:
    """The colour `part` of the way (0 to 1) from first to second."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 12) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    found: list[Point] = []
    for i in range(count if closed else count - 1):
        around = [
            points[(i + k) % count] if closed else points[min(max(i + k, 0), count - 1)]
            for k in (-1, 0, 1, 2)
        ]
        found += [_between(around, step / steps) for step in range(steps)]
    return found if closed else [*found, points[-1]]


def _between(p: Sequence[Point], t: float) -> Point:
    def at(axis: int) -> float:
        a, b, c, d = (point[axis] for point in p)
        return 0.5 * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )

    return at(0), at(1)


def ellipse(x: float, y: float, rx: float, ry: float, *, turn: float = 0) -> list[Point]:
    """Points of an ellipse, turned by `turn` degrees."""
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    round_ = [(math.cos(a * math.pi / 48), math.sin(a * math.pi / 48)) for a in range(96)]
    return [(x + rx * p * c - ry * q * s, y + rx * p * s + ry * q * c) for p, q in round_]


def arc(x: float, y: float, r: float, start: float, end: float) -> list[Point]:
    """Points along a circle, degrees clockwise from three o'clock."""
    angles = [math.radians(start + (end - start) * i / 40) for i in range(41)]
    return [(x + r * math.cos(a), y + r * math.sin(a)) for a in angles]


def wave(
    left: float, right: float, y: float, *, high: float, long: float, at: float = 0
) -> list[Point]:
    """A swell from left to right: `high` from middle to crest, `long` from crest to crest."""
    count = max(int((right - left) / 8), 2)
    xs = [left + (right - left) * i / count for i in range(count + 1)]
    return [(x, y - high * math.sin(2 * math.pi * x / long + at)) for x in xs]


class How(TypedDict, total=False):
    lift: float
    alpha: float
    shade: str
    toward: str
    grain: float


class Sheet:
    """Coordinates are those of the printed picture (1600 by 1000 unless told otherwise)."""

    def __init__(self, key: str, size: tuple[int, int] = (1600, 1000), ground: str = "#f3ead9"):
        self.width, self.height = size
        self.random = random.Random(key)  # noqa: S311 - a seed for drawing, no secret
        self.image = Image.new("RGB", (size[0] * OVER, size[1] * OVER), ground)
        # One random tile serves all the grain; effect_noise of Pillow cannot be seeded.
        tile = Image.frombytes("L", (512, 512), self.random.randbytes(512 * 512))
        self._noise = tile.resize((1536, 1536), Image.Resampling.BICUBIC).crop((0, 0, 1024, 1024))

    def near(self, low: float, high: float) -> float:
        return self.random.uniform(low, high)

    def cut(
        self,
        points: Iterable[Point],
        colour: str,
        *,
        lift: float = 0,
        alpha: float = 1,
        shade: str = "",
        toward: str = "bottom",
        grain: float = 0.75,
    ) -> None:
        """
        Lay one shape.

        lift: how high the paper stands, in pixels of shadow; shade: a second colour that
        comes in as grain toward one side (top, bottom, left or right), `grain` its strength.
        """
        scaled = [(x * OVER, y * OVER) for x, y in points]
        left = max(int(min(x for x, _ in scaled)) - 1, 0)
        top = max(int(min(y for _, y in scaled)) - 1, 0)
        right = min(int(max(x for x, _ in scaled)) + 2, self.image.width)
        bottom = min(int(max(y for _, y in scaled)) + 2, self.image.height)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in scaled], fill=255)
        if lift:
            self._drop(mask, (left, top), lift)
        if alpha < 1:
            mask = mask.point(lambda v: v * alpha)
        fill = Image.new("RGB", mask.size, colour)
        if shade:
            fill.paste(
                Image.new("RGB", mask.size, shade), mask=self._grain(mask.size, toward, grain)
            )
        self.image.paste(fill, (left, top), mask)

    def _drop(self, mask: Image.Image, at: tuple[int, int], lift: float) -> None:
        pad = int(lift * OVER * 2) + 8
        dark = Image.new("L", (mask.width + 2 * pad, mask.height + 2 * pad))
        dark.paste(mask, (pad, pad))
        small = dark.resize((max(dark.width // 4, 1), max(dark.height // 4, 1)))
        small = small.filter(ImageFilter.GaussianBlur(lift * OVER / 4 * 0.7))
        dark = small.resize(dark.size).point(lambda v: v * 0.34)
        where = (at[0] - pad + int(lift * OVER * 0.35), at[1] - pad + int(lift * OVER * 0.6))
        self.image.paste(Image.new("RGB", dark.size, SHADOW), where, dark)

    def _grain(self, size: tuple[int, int], toward: str, strength: float) -> Image.Image:
        slope = Image.linear_gradient("L")
        turns = {"bottom": 0, "right": 90, "top": 180, "left": 270}
        slope = slope.rotate(turns[toward]).resize(size, Image.Resampling.BILINEAR)
        slope = slope.point(lambda v: v * strength)
        rough = ImageChops.subtract(slope, self._tiled(size), 1, 128)
        return rough.point(lambda v: min(max((v - 128) * 0.55 + 70, 0), 255))

    def _tiled(self, size: tuple[int, int]) -> Image.Image:
        whole = Image.new("L", size)
        dx, dy = self.random.randrange(900), self.random.randrange(900)
        for x in range(-dx, size[0], 1024):
            for y in range(-dy, size[1], 1024):
                whole.paste(self._noise, (x, y))
        return whole

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: str,
        turn: float = 0,
        **how: Unpack[How],
    ) -> None:
        self.cut(ellipse(x, y, rx, ry, turn=turn), colour, **how)

    def box(self, x: float, y: float, w: float, h: float, colour: str, **how: Unpack[How]) -> None:
        self.cut([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], colour, **how)

    def line(self, points: Sequence[Point], colour: str, width: float, alpha: float = 1) -> None:
        """A stroke with round ends."""
        radius = width / 2
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            length = math.hypot(x2 - x1, y2 - y1) or 1
            nx, ny = (y1 - y2) / length * radius, (x2 - x1) / length * radius
            quad = [(x1 + nx, y1 + ny), (x2 + nx, y2 + ny), (x2 - nx, y2 - ny), (x1 - nx, y1 - ny)]
            self._ink(quad, colour, alpha)
            if width > 5 and alpha == 1:
                self._ink(ellipse(x1, y1, radius, radius), colour, alpha)
                self._ink(ellipse(x2, y2, radius, radius), colour, alpha)

    def _ink(self, points: Sequence[Point], colour: str, alpha: float) -> None:
        if alpha < 1:
            self.cut(points, colour, alpha=alpha)
        else:
            pen = ImageDraw.Draw(self.image)
            pen.polygon([(x * OVER, y * OVER) for x, y in points], fill=colour)

    def gradient(self, stops: Stops, *, top: float = 0, bottom: float | None = None) -> None:
        """Blend colours downwards; the tooth laid on in `finish` hides 8-bit steps."""
        end = self.height if bottom is None else bottom
        first, last = int(top * OVER), int(end * OVER)
        column = Image.new("RGB", (1, last - first))
        for y in range(last - first):
            column.putpixel((0, y), rgb(_colour_at(stops, y / max(last - first - 1, 1))))
        self.image.paste(column.resize((self.image.width, last - first)), (0, first))

    def glow(self, x: float, y: float, r: float, colour: str, strength: float = 0.6) -> None:
        size = int(r * OVER * 2)
        halo = ImageChops.invert(Image.radial_gradient("L")).resize((size, size))
        halo = halo.point(lambda v: max(v - 75, 0) / 180 * v * strength)
        where = (int((x - r) * OVER), int((y - r) * OVER))
        self.image.paste(Image.new("RGB", (size, size), colour), where, halo)

    def finish(self) -> Image.Image:
        """The printed picture: reduced, with the faint tooth of the paper."""
        small = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        tooth = self._tiled(small.size).point(lambda v: 128 + (v - 128) * 0.016)
        return ImageChops.soft_light(small, Image.merge("RGB", (tooth, tooth, tooth)))


def _colour_at(stops: Stops, part: float) -> str:
    for (start, first), (end, second) in itertools.pairwise(stops):
        if part <= end:
            return mix(first, second, max(part - start, 0) / max(end - start, 1e-6))
    return stops[-1][1]
