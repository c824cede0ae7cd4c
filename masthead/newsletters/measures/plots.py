"""Plots as SVG that stand in the page; the table beside each says the same in figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from masthead.newsletters.measures.queries import Day, Measured

WIDTH, HEIGHT = 720, 180
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 12, 22


@dataclass(frozen=True)
class _Scale:
    least: float
    most: float
    steps: int

    def x(self, step: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (step / max(self.steps - 1, 1))

    def y(self, value: float) -> float:
        span = (self.most - self.least) or 1
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - self.least) / span)


def growth_plot(days: Sequence[Day]) -> str:
    """Readers at the end of each day, as a line."""
    if not days:
        return ""
    values = [day.readers for day in days]
    scale = _Scale(min(*values, min(values)), max(values) or 1, len(days))
    points = " ".join(f"{scale.x(n):.1f},{scale.y(v):.1f}" for n, v in enumerate(values))
    title = _("Readers, from %(first)d to %(last)d in %(days)d days")
    return _figure(
        title % {"first": values[0], "last": values[-1], "days": len(days)},
        scale,
        format_html('<polyline class="plot__line" points="{}"></polyline>', points),
        first=days[0].on.isoformat(),
        last=days[-1].on.isoformat(),
    )


def reach_plot(editions: Sequence[Measured]) -> str:
    """Clicks in a hundred accepted copies, a bar an edition, the oldest first."""
    shown = [each for each in editions if each.clicks_in_a_hundred is not None]
    if not shown:
        return ""
    values = [each.clicks_in_a_hundred or 0 for each in shown]
    scale = _Scale(0, max(*values, 1.0), len(shown) + 1)
    room = (WIDTH - LEFT - RIGHT) / len(shown)
    bars = format_html_join(
        "",
        '<rect class="plot__bar" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        (
            (
                f"{LEFT + room * n + room * 0.15:.1f}",
                f"{scale.y(value):.1f}",
                f"{room * 0.7:.1f}",
                f"{HEIGHT - BOTTOM - scale.y(value):.1f}",
                f"{each.edition.subject}: {value:.1f}",
            )
            for n, (each, value) in enumerate(zip(shown, values, strict=True))
        ),
    )
    return _figure(_("Clicks in a hundred copies, edition by edition"), scale, bars)


def _figure(
    title: str, scale: _Scale, drawn: SafeString, *, first: str = "", last: str = ""
) -> SafeString:
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
                f"{v:,.0f}" if scale.most >= 10 else f"{v:.1f}",
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
