"""From Lighthouse's rounds to a table: the middle of them counts, and what is unknown fails."""

from typing import Any

from benchmarks.lighthouse import PAGES, judge
from benchmarks.lighthouse_scores import CATEGORIES, Scores
from benchmarks.report import Report


def a_round(costs: list[str] | None = None, **other: Any) -> list[Scores]:
    """Every page once; the article with these scores instead of 100."""
    best: dict[str, int | None] = dict.fromkeys(CATEGORIES, 100)
    return [
        Scores(path, {**best, **other} if name == "article" else best, costs or [])
        for name, path in PAGES.items()
    ]


def judged(*rounds: list[Scores]) -> Report:
    report = Report("lighthouse", machine={})
    judge(report, [scores for each in rounds for scores in each], "mobile")
    return report


def failing(report: Report) -> list[tuple[str, Any]]:
    return [(target.name, target.got) for target in report.targets if not target.holds]


def test_pages_that_score_100_everywhere_hold():
    report = judged(a_round())

    assert (report.holds, len(report.targets)) == (True, len(PAGES) * len(CATEGORIES))


def test_the_middle_of_the_rounds_counts():
    quick, slow = a_round(), a_round(performance=96)

    assert failing(judged(quick, slow, quick)) == []
    assert failing(judged(slow, quick, slow)) == [("article, mobile: performance", 96)]


def test_a_score_that_is_not_known_is_no_pass():
    assert failing(judged(a_round(), a_round(seo=None), a_round())) == [
        ("article, mobile: seo", None)
    ]


def test_what_cost_points_is_named_once():
    slow = a_round(["performance: largest-contentful-paint"], performance=96)

    rows = [row for row in judged(slow, slow, a_round()).rows if "cost" in row[1]]

    assert rows[0] == ("", "cost points: performance: largest-contentful-paint", "", "")
    assert len(rows) == len(PAGES)
