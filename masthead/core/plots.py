"""
Plots as SVG that stand in a page of the desk; a table beside each says the same in figures.

Colours and type come from the desk's style sheet (`.plot`). Time runs from left to right in every
language, as in every newspaper's charts of figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 720, 180
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 12, 22


@dataclass(frozen=True)
class Scale:
    """least, most: values at the bottom and the top. steps: points from left to right."""

    least: float
    most: float
    steps: int

    def x(self, step: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (step / max(self.steps - 1, 1))

    def y(self, value: float) -> float:
        span = (self.most - self.least) or 1
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - self.least) / span)


def line(values: Sequence[float], scale: Scale, *, kind: str = "line") -> SafeString:
    """kind: of the class `plot__…`."""
    points = " ".join(f"{scale.x(n):.1f},{scale.y(v):.1f}" for n, v in enumerate(values))
    return format_html('<polyline class="plot__{}" points="{}"></polyline>', kind, points)


def bars(told: Iterable[tuple[float, str]], scale: Scale, *, kind: str = "bar") -> SafeString:
    """Values, each with what is said of it when one points at it; from the left."""
    room = (WIDTH - LEFT - RIGHT) / max(scale.steps - 1, 1)
    return format_html_join(
        "",
        '<rect class="plot__{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        (
            (
                kind,
                f"{LEFT + room * n + room * 0.15:.1f}",
                f"{scale.y(value):.1f}",
                f"{room * 0.7:.1f}",
                f"{HEIGHT - BOTTOM - scale.y(value):.1f}",
                words,
            )
            for n, (value, words) in enumerate(told)
        ),
    )


def figure(
    title: str, scale: Scale, drawn: SafeString, *, first: str = "", last: str = ""
) -> SafeString:
    """The plot with its lowest and highest value; first, last: what stands below its ends."""
    lines = format_html_join(
        "",
        '<line class="plot__rule" x1="{}" x2="{}" y1="{}" y2="{}"></line>'
        '<text class="plot__figure" x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (
                LEFT,
                WIDTH - RIGHT,
                f"{scale.y(v):.1f}",
                f"{scale.y(v):.1f}",
                LEFT - 6,
                f"{scale.y(v) + 4:.1f}",
                in_short(v, scale.most),
            )
            for v in (scale.least, scale.most)
        ),
    )
    words = format_html(
        '<text class="plot__figure" x="{}" y="{}">{}</text>'
        '<text class="plot__figure" x="{}" y="{}" text-anchor="end">{}</text>',
        LEFT,
        HEIGHT - 6,
        first,
        WIDTH - RIGHT,
        HEIGHT - 6,
        last,
    )
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        title,
        lines,
        drawn,
        words,
    )


def in_short(value: float, most: float) -> str:
    """As much as fits beside a plot: “1.2”, “850”, “12k”, “1.4M”."""
    if most >= 1_000_000:
        return f"{value / 1_000_000:.1f}M"
    if most >= 10_000:
        return f"{value / 1000:,.0f}k"
    return f"{value:,.0f}" if most >= 10 else f"{value:.1f}"
