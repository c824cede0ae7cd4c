"""
The registry of what is read along with a published article, in the one query that reads it.

A feature above keeps one value an article – a small JSON, a number – and puts it on the article's
page without a query of its own.
"""

from typing import Any

from django.db.models import Expression, Subquery

from masthead.articles.models import PublishedArticle

_along: dict[str, Expression | Subquery] = {}


def register_along(name: str, expression: Expression | Subquery) -> None:
    """
    Add a value, by an expression over `PublishedArticle`; call from `apps.ready()`.

    It stands in the page's context as `along[name]`; None where the expression finds nothing.
    Raises ValueError for a taken name.
    """
    if name in _along:
        raise ValueError(f"Something named {name} is read along already.")
    _along[name] = expression


def along() -> dict[str, Any]:
    """For `annotate`."""
    return {f"along_{name}": expression for name, expression in _along.items()}


def read_along(published: PublishedArticle) -> dict[str, Any]:
    """What came along; empty for a row that was read another way."""
    return {name: getattr(published, f"along_{name}", None) for name in _along}
