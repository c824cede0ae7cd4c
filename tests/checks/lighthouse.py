"""What Lighthouse finds on a page: a finding for each category below 100."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.lighthouse_scores import LighthouseMissing, Scores, measure

from .findings import Finding, ToolMissing


def check_lighthouse(urls: Sequence[str], *, form: str = "mobile") -> list[Finding]:
    """A finding for every category below 100, with the audits that cost it points."""
    if not urls:
        raise ValueError("No pages given: that would pass without checking anything.")
    try:
        measured = measure(urls, form=form)
    except LighthouseMissing as missing:
        raise ToolMissing(str(missing)) from missing
    return [finding for page in measured for finding in _low(page)]


def _low(page: Scores) -> list[Finding]:
    found = []
    for category, score in page.of.items():
        if score != 100:
            start = f"{category}: "
            cost = [each.removeprefix(start) for each in page.costs if each.startswith(start)]
            text = f"{score} of 100: {', '.join(cost) or page.error or 'no audit named'}"
            found.append(Finding(page.url, f"lighthouse-{category}", text))
    return found
