"""
Plots that stand in a page of the desk; a table beside each says the same in figures.

The drawing is an SVG that is as wide as there is room; its words stand beside it, so that they are
of the same size on a phone as on a wall. Colours and type come from the desk's style sheet
(`.plot`). Time runs from left to right in every language, as in every newspaper's charts of
figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 720, 150
BAR = 0.7  # of the room each has


@dataclass(frozen=True)
class Scale:
    """least, most: values at the bottom and the top. steps: points or bars from left to right."""

    least: float
    most: float
    steps: int

    def x(self, step: float) -> float:
        """From edge to edge."""
        return WIDTH * step / max(self.steps - 1, 1)

    def middle(self, step: float) -> float:
        """Of a bar."""
        return WIDTH * (step + 0.5) / max(self.steps, 1)

    def y(self, value: float) -> float:
        span = (self.most - self.least) or 1
        return HEIGHT * (1 - (value - self.least) / span)


def line(
    values: Sequence[float], scale: Scale, *, kind: str = "line", over_bars: bool = False
) -> SafeString:
    """kind: of the class `plot__…`. over_bars: through their middles. May end before the plot."""
    across = scale.middle if over_bars else scale.x
    points = " ".join(f"{across(n):.1f},{scale.y(v):.1f}" for n, v in enumerate(values))
    return format_html('<polyline class="plot__{}" points="{}"></polyline>', kind, points)


def bars(told: Iterable[tuple[float, str]], scale: Scale, *, over: int | None = None) -> SafeString:
    """
    Values, each with what is said of it when one points at it; from the left.

    over: of how many the time is over; those after them are drawn hollow. None: of all.
    """
    room = BAR * WIDTH / max(scale.steps, 1)
    drawn = []
    for n, (value, words) in enumerate(told):
        kind = "bar" if over is None or n < over else "bar plot__bar--open"
        left, top = scale.middle(n) - room / 2, scale.y(value)
        drawn.append(
            (kind, f"{left:.1f}", f"{top:.1f}", f"{room:.1f}", f"{HEIGHT - top:.1f}", words)
        )
    return format_html_join(
        "",
        '<rect class="plot__{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        drawn,
    )


def figure(
    title: str,
    scale: Scale,
    drawn: SafeString,
    *,
    first: str = "",
    last: str = "",
    highest: str | None = None,
    note: str = "",
) -> SafeString:
    """
    The plot with its lowest and highest value.

    first, last: what stands below its ends. highest: of the scale in words. note: what has to be
    known to read it.
    """
    return format_html(
        '<figure class="plot-figure"><div class="plot" role="img" aria-label="{}">'
        '<span class="plot__most">{}</span><span class="plot__least">{}</span>'
        '<svg class="plot__drawn" viewBox="0 0 {} {}" preserveAspectRatio="none">{}</svg>'
        '<span class="plot__first" dir="auto">{}</span>'
        '<span class="plot__last" dir="auto">{}</span></div>{}</figure>',
        title,
        in_figures(scale.most, scale.most) if highest is None else highest,
        in_figures(scale.least, scale.most),
        WIDTH,
        HEIGHT,
        drawn,
        first,
        last,
        format_html('<figcaption class="plot__note">{}</figcaption>', note) if note else "",
    )


def in_figures(value: float, most: float) -> str:
    """By the habits of the language in force; with a decimal where all of a plot is below ten."""
    decimals = 1 if 0 < value < 10 and most < 10 and value != int(value) else 0
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
