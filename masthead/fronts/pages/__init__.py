"""Fronts and lists as pages, a module a kind."""

from masthead.fronts.pages.archive import archive_page, month_page
from masthead.fronts.pages.author import author_page
from masthead.fronts.pages.feeds import feeds_page
from masthead.fronts.pages.front import front_page
from masthead.fronts.pages.section import section_page
from masthead.fronts.pages.topic import topic_page

__all__ = [
    "archive_page",
    "author_page",
    "feeds_page",
    "front_page",
    "month_page",
    "section_page",
    "topic_page",
]
