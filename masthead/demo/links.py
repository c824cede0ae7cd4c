"""Links of the demo's text (`article:courier/slug`, `page:about`, `outlet:tideline`) as stored."""

import re

from masthead.articles.models import ArticlePage
from masthead.outlets.models import Outlet

HREF = re.compile(r'<a href="(article|outlet|page):([^"]+)">(.*?)</a>', re.DOTALL)


class Links:
    def __init__(
        self, outlets: dict[str, Outlet], articles: dict[tuple[str, str], ArticlePage]
    ) -> None:
        self.outlets = outlets
        self.articles = articles

    def resolve(self, html: str, *, outlet: str) -> str:
        """Links in the form Wagtail keeps them: by page id. An unknown target keeps its words."""

        def stored(match: re.Match[str]) -> str:
            kind, target, words = match.groups()
            if kind == "article":
                slug_of_outlet, _, slug = target.partition("/")
                page = self.articles.get((slug_of_outlet, slug))
            elif kind == "outlet":
                page = self.outlets.get(target)
            else:
                return f'<a href="outlet:{outlet}/{target}/">{words}</a>'
            if page is None:
                return words
            return f'<a linktype="page" id="{page.pk}">{words}</a>'

        return HREF.sub(stored, html)
