"""Writes: what editors pin below an article and what they ban from there."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from masthead.accounts.models import User
from masthead.articles.models import ArticlePage, PublishedArticle
from masthead.publishing.rules import may_publish
from masthead.related.knowing import may_be_listed, read_rules
from masthead.related.lists import write_lists
from masthead.related.models import Pick

MOST_PINNED = 4


class PickError(Exception):
    """A pick that cannot be made; the text can be shown to a person."""


class NotAllowed(PickError):
    pass


class NotForLists(PickError):
    pass


class IsBanned(PickError):
    pass


class AlreadyPicked(PickError):
    pass


class TooMany(PickError):
    pass


class NoPick(PickError):
    pass


def pin_article(*, article: ArticlePage, other: ArticlePage, by: User, at: datetime) -> None:
    """
    Put another article first below one, after those that are pinned already.

    Readers have it as soon as the page is printed again; no new version of the article is needed.
    While the other is not public it is left out, and comes back with it.
    Raises NotAllowed, NotForLists, IsBanned, AlreadyPicked, TooMany.
    """
    _check(article, by)
    _check_is_for(article, other)
    with transaction.atomic():
        picks = _picks(article)
        if picks.get(other.pk) == Pick.Kind.BAN:
            raise IsBanned(
                _("“%(headline)s” is banned from this list. Take the ban back before you pin it.")
                % {"headline": other.title}
            )
        if other.pk in picks:
            raise AlreadyPicked(_("“%(headline)s” is pinned.") % {"headline": other.title})
        if sum(kind == Pick.Kind.PIN for kind in picks.values()) >= MOST_PINNED:
            raise TooMany(
                _("%(most)d articles are pinned, and no more are shown.") % {"most": MOST_PINNED}
            )
        Pick.objects.create(article=article, other=other, kind=Pick.Kind.PIN, by=by, at=at)
        _follow(article, other, by=by, at=at, action="related.pin")


def ban_article(*, article: ArticlePage, other: ArticlePage, by: User, at: datetime) -> None:
    """
    Never show another article below one. Where it was pinned, the ban takes the pin's place.

    Raises NotAllowed, AlreadyPicked.
    """
    _check(article, by)
    with transaction.atomic():
        if _picks(article).get(other.pk) == Pick.Kind.BAN:
            raise AlreadyPicked(_("“%(headline)s” is banned.") % {"headline": other.title})
        Pick.objects.update_or_create(
            article=article,
            other=other,
            defaults={"kind": Pick.Kind.BAN, "by": by, "at": at},
        )
        _follow(article, other, by=by, at=at, action="related.ban")


def take_pick_back(*, article: ArticlePage, other: ArticlePage, by: User, at: datetime) -> None:
    """Neither pinned nor banned any more. Raises NotAllowed, NoPick."""
    _check(article, by)
    with transaction.atomic():
        found, _by_model = Pick.objects.filter(article=article, other=other).delete()
        if not found:
            raise NoPick(
                _("“%(headline)s” is neither pinned nor banned.") % {"headline": other.title}
            )
        _follow(article, other, by=by, at=at, action="related.take_back")


def _check(article: ArticlePage, by: User) -> None:
    if not may_publish(by, article):
        raise NotAllowed(_("You may not decide what stands below articles of this section."))


def _check_is_for(article: ArticlePage, other: ArticlePage) -> None:
    if other.pk == article.pk:
        raise NotForLists(_("An article does not stand below itself."))
    public = may_be_listed().filter(article=other)
    if not public.exists():
        raise NotForLists(
            _("“%(headline)s” is not public, or it is paid for; it cannot stand in lists.")
            % {"headline": other.title}
        )
    rules = read_rules()
    mine = set(PublishedArticle.objects.filter(article=article).values_list("outlet", flat=True))
    theirs = set(public.values_list("outlet", flat=True))
    if mine and not any(rules.may_stand(below=one, of=two) for one in mine for two in theirs):
        raise NotForLists(_("Below this title's articles only its own may stand."))


def _picks(article: ArticlePage) -> dict[int, str]:
    """The article's, held until the end of the transaction by its row."""
    ArticlePage.objects.select_for_update(of=("self",)).get(pk=article.pk)
    return dict(Pick.objects.filter(article=article).values_list("other_id", "kind"))


def _follow(
    article: ArticlePage, other: ArticlePage, *, by: User, at: datetime, action: str
) -> None:
    log(article, action, user=by, data={"article": other.pk, "headline": other.title})
    rows = PublishedArticle.objects.filter(article=article).values_list("pk", flat=True)
    write_lists(rows, rules=read_rules(), at=at)
