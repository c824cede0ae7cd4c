"""From a row of the ledger to what an adapter is given, read anew from what readers see now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from masthead.articles.models import PublishedArticle
from masthead.outlets.queries import find_sheet_of
from masthead.outlets.sheet import Sheet
from masthead.posting.cards import card_of
from masthead.posting.documents import document_of, no_document
from masthead.posting.events import release_of, withdrawal
from masthead.posting.models import Account, Act, Post, State
from masthead.posting.networks.base import Access, Document, Draft, Posted
from masthead.posting.queries import find_live_row, own_words, was_corrected_since
from masthead.posting.words import Said, words_of


class NotLive(Exception):
    """Readers do not see the article; the text is for the log."""


@dataclass(frozen=True)
class Work:
    """
    said: None where nothing is said, as in a deletion. must_wait: those are words that nobody who
    may publish has seen. document: for an act that keeps a record.
    """

    access: Access
    draft: Draft
    said: Said | None
    head: Posted | None
    replies: list[Posted]
    must_wait: bool = False
    document: Document | None = None


def prepare(post: Post, *, at: datetime) -> Work:
    """Raises NotLive for what is only said of live articles, SealedByAnotherKey."""
    account = post.account
    access = access_to(account)
    head = posted_of(post.of) if post.of else None
    if post.act == Act.DELETE:
        draft = Draft(key=post.key.hex, text="", at=post.planned_at)
        return Work(access, draft, None, head, _replies(post))
    sheet = find_sheet_of(outlet_id=account.outlet_id)
    if post.act == Act.TELL and post.release.version_id is None and sheet is not None:
        event = withdrawal(post.release, sheet=sheet)
        draft = Draft(key=post.key.hex, text="", at=post.planned_at, event=event)
        return Work(access, draft, None, head, [])
    row = find_live_row(post.article_id, outlet_id=account.outlet_id)
    if post.act == Act.RECORD and row is None and sheet is not None:
        draft = Draft(key=post.key.hex, text="", at=post.planned_at)
        gone = no_document(post.article.public_id, sheet=sheet)
        return Work(access, draft, None, head, [], document=gone)
    if sheet is None or row is None or row.published_at > at:
        raise NotLive(_("Readers do not see this article any more."))
    words = own_words(account, post.article_id)
    said = said_by(post, row=row, sheet=sheet, own_text=words.text)
    if post.act == Act.RECORD:
        draft = Draft(key=post.key.hex, text="", at=post.planned_at)
        kept = document_of(row, sheet=sheet, said=said)
        return Work(access, draft, None, head, [], document=kept)
    was_seen = post.by_id is not None and post.text == said.text
    draft = Draft(
        key=post.key.hex,
        text=said.text,
        link=said.link,
        title=said.title,
        description=said.description,
        language=sheet.language,
        at=post.planned_at,
        picture=lambda: card_of(row),
        picture_alt=said.title,
        reply_to=head if post.act == Act.REPLY else None,
        steps=post.steps,
        note=_keeping_steps(post),
        event=release_of(post.release, row=row, sheet=sheet) if post.act == Act.TELL else {},
    )
    must_wait = words.must_wait and not was_seen and post.act != Act.TELL
    return Work(access, draft, said, head, [], must_wait)


def said_by(post: Post, *, row: PublishedArticle, sheet: Sheet, own_text: str) -> Said:
    return words_of(
        row,
        sheet=sheet,
        terms=post.account.terms,
        own_text=own_text,
        corrected=post.of is not None and was_corrected_since(post.of),
    )


def access_to(account: Account) -> Access:
    """Raises SealedByAnotherKey."""

    def remember(told: dict[str, Any]) -> None:
        account.known = {**account.known, **told}
        Account.objects.filter(pk=account.pk).update(known=account.known)

    return Access(
        handle=account.handle,
        server=account.server or account.terms.base,
        tokens=account.server or account.terms.tokens,
        secrets=account.secrets,
        known=account.known,
        remember=remember,
    )


def posted_of(post: Post) -> Posted:
    return Posted(remote_id=post.remote_id, url=post.remote_url, extra=post.steps)


def _replies(post: Post) -> list[Posted]:
    replies = Post.objects.filter(of=post.of, act=Act.REPLY, state=State.DONE)
    return [posted_of(each) for each in replies.exclude(remote_id="").order_by("-pk")]


def _keeping_steps(post: Post) -> Callable[[dict[str, Any]], None]:
    def keep(given: dict[str, Any]) -> None:
        post.steps = {**post.steps, **given}
        Post.objects.filter(pk=post.pk).update(steps=post.steps)

    return keep
