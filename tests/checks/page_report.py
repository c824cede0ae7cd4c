"""What one visit to one page showed, and the bars it is held to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .findings import Finding

PAGE_BYTES = 50_000  # HTML, CSS and JavaScript together, on the wire with headers
SCRIPT_BYTES = 10_000
FONT_FILES = 2
FONT_BYTES = 40_000  # each


@dataclass(frozen=True, slots=True)
class Transfer:
    """One answer: kind is html, css, script, font, picture or other; bytes as on the wire."""

    url: str
    kind: str
    sent_bytes: int


@dataclass(frozen=True, slots=True)
class PageReport:
    url: str
    width: int
    look: str
    status: int = 200  # of the page itself; which one is right, the caller knows
    axe_violations: tuple[tuple[str, str], ...] = ()
    # What axe could not decide (text over a picture): not a fault, to be looked at by a person.
    axe_undecided: tuple[tuple[str, str], ...] = ()
    console: tuple[str, ...] = ()
    page_errors: tuple[str, ...] = ()
    failed_requests: tuple[str, ...] = ()
    third_party: tuple[str, ...] = ()
    layout_shift: float = 0.0
    layout_shifts: tuple[str, ...] = ()
    overflow_px: int = 0
    overflowing: tuple[str, ...] = ()
    fonts_hiding_text: tuple[str, ...] = ()
    transfers: tuple[Transfer, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        return f"{self.url} at {self.width} px, {self.look}"

    def bytes_by_kind(self) -> Mapping[str, int]:
        sums: dict[str, int] = {}
        for transfer in self.transfers:
            sums[transfer.kind] = sums.get(transfer.kind, 0) + transfer.sent_bytes
        return sums

    def findings(self) -> list[Finding]:
        """Everything that must be zero on every public page. The budget is `check_budget`."""
        found = [Finding(self.name, f"axe-{rule}", text) for rule, text in self.axe_violations]
        lists = {
            "console": self.console,
            "page-error": self.page_errors,
            "failed-request": self.failed_requests,
            "third-party": self.third_party,
            "font-hides-text": self.fonts_hiding_text,
        }
        for rule, texts in lists.items():
            found += [Finding(self.name, rule, text) for text in texts]
        if self.layout_shift > 0:
            moved = "; ".join(self.layout_shifts)
            found.append(Finding(self.name, "layout-shift", f"{self.layout_shift:.4f}: {moved}"))
        if self.overflow_px > 0:
            wide = ", ".join(self.overflowing)
            found.append(Finding(self.name, "overflow", f"{self.overflow_px} px too wide: {wide}"))
        return sorted(found)


def check_budget(report: PageReport) -> list[Finding]:
    """The bars for a first visit to an article page."""
    sums = report.bytes_by_kind()
    page = sum(sums.get(kind, 0) for kind in ("html", "css", "script"))
    fonts = [transfer for transfer in report.transfers if transfer.kind == "font"]
    found = []
    if not sums.get("html"):
        found.append(Finding(report.name, "no-html", "no HTML was received"))
    if page > PAGE_BYTES:
        text = f"HTML, CSS and JavaScript are {page} bytes, more than {PAGE_BYTES}"
        found.append(Finding(report.name, "page-bytes", text))
    if sums.get("script", 0) > SCRIPT_BYTES:
        text = f"JavaScript is {sums['script']} bytes, more than {SCRIPT_BYTES}"
        found.append(Finding(report.name, "script-bytes", text))
    if len(fonts) > FONT_FILES:
        text = f"{len(fonts)} font files, more than {FONT_FILES}"
        found.append(Finding(report.name, "font-files", text))
    for font in fonts:
        if font.sent_bytes > FONT_BYTES:
            text = f"{font.url} is {font.sent_bytes} bytes, more than {FONT_BYTES}"
            found.append(Finding(report.name, "font-bytes", text))
    return found
