"""In the article's editor: what each account will say, an own text for it, and a switch."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from masthead.articles.models import ArticlePage
from masthead.core.for_programs import without_controls
from masthead.outlets.queries import find_outlet_of, find_sheet_of
from masthead.posting.models import Account, OwnWords, Post
from masthead.posting.networks import find_network
from masthead.posting.queries import accounts_of
from masthead.posting.words import words_from

MOST_TEXT = 5000  # characters


class NetworksPanel(Panel):
    """Sent with the editor's form; not fields of the article (see `typed_words`)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "posting/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            article = self.instance
            lines = list(_lines(article)) if article.pk else []
            return context | {"article": article, "lines": lines, "choices": OwnWords.Choice}


def networks_panel() -> NetworksPanel:
    return NetworksPanel(heading=_("Social networks"))


def _accounts(article: ArticlePage) -> list[Account]:
    """Those that say something of an article; programs are told all of it."""
    outlet = find_outlet_of(article)
    found = accounts_of(outlet.pk) if outlet else Account.objects.none()
    return [each for each in found if not _tells_all(each)]


def _tells_all(account: Account) -> bool:
    network = find_network(account.network)
    return network is not None and network.tells_every_release


def _lines(article: ArticlePage) -> Iterator[dict[str, Any]]:
    """Two queries however many accounts there are, beside the accounts and the sheet."""
    accounts = _accounts(article)
    if not accounts:
        return
    sheet = find_sheet_of(outlet_id=accounts[0].outlet_id)
    own = {w.account_id: w for w in OwnWords.objects.filter(article=article)}
    posts = {
        p.account_id: p for p in Post.objects.filter(article=article, act="post", ended_at=None)
    }
    for account in accounts:
        words = own.get(account.pk) or OwnWords(account=account, article=article)
        yield {
            "account": account,
            "words": words,
            "post": posts.get(account.pk),
            "said": words_from(
                _draft_of(article),
                language=sheet.language if sheet else "en",
                link=article.full_url or "",
                terms=account.terms,
                own_text=words.text,
            ),
        }


def _draft_of(article: ArticlePage) -> dict[str, Any]:
    """As much of a snapshot as is said on networks."""
    sponsor = {"name": article.sponsor_name} if article.sponsor_name else None
    return {
        "headline": article.title,
        "social_headline": article.social_headline,
        "search_description": article.search_description,
        "standfirst": article.standfirst,
        "sponsor": sponsor if article.kind == "sponsored" else None,
        "body": [],
    }


def typed_words(
    article: ArticlePage, typed: Mapping[str, Any]
) -> Iterator[tuple[Account, str, str]]:
    """For each account that the form shows: the choice and the text that were typed."""
    if not any(name.startswith("networks-text-") for name in typed):
        return
    for account in _accounts(article):
        text = typed.get(f"networks-text-{account.pk}")
        if text is not None:
            choice = typed.get(f"networks-choice-{account.pk}", "")
            text = without_controls(text.replace("\r\n", "\n")).strip()
            yield account, choice, text[:MOST_TEXT]
