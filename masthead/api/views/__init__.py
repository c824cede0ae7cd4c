"""Programs ask here, below an outlet's api/v1/."""

from masthead.api.views.about import documentation, missing, openapi, outlet, outlets, sections
from masthead.api.views.articles import article, articles, month_articles, months, section_articles
from masthead.api.views.correcting import corrections
from masthead.api.views.people import author_articles, authors, topic_articles, topics

__all__ = [
    "article",
    "articles",
    "author_articles",
    "authors",
    "corrections",
    "documentation",
    "missing",
    "month_articles",
    "months",
    "openapi",
    "outlet",
    "outlets",
    "section_articles",
    "sections",
    "topic_articles",
    "topics",
]
