"""Reads of accounts and of the ledger."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from masthead.articles.models import PublishedArticle
from masthead.outlets.models import Outlet
from masthead.posting.models import Account, Act, OwnWords, Post, State
from masthead.posting.models.post import FOR_PEOPLE, TO_SEND
from masthead.publishing.models import Release

CLAIM_HOLDS = timedelta(seconds=60)  # as long as a job's lease; a living worker asks for 10 s


def accounts_of(outlet_id: int) -> QuerySet[Account]:
    return Account.objects.filter(outlet=outlet_id, removed_at=None).order_by("network", "pk")


def find_live_row(article_id: int, *, outlet_id: int) -> PublishedArticle | None:
    """What readers of the outlet see of the article, with its text; None when they see nothing."""
    live = PublishedArticle.objects.filter(
        article=article_id, outlet=outlet_id, state=PublishedArticle.State.LIVE
    )
    return live.select_related("text").first()


def find_head(account: Account, article_id: int) -> Post | None:
    """The post that stands, or is to stand, for the article on the account."""
    return Post.objects.filter(
        account=account, article=article_id, act=Act.POST, ended_at=None
    ).first()


def was_corrected_since(head: Post) -> bool:
    """Whether the article was corrected after what the post said first."""
    later = Release.objects.filter(article=head.article_id, pk__gt=head.release_id)
    return later.filter(act=Release.Act.CORRECT).exists()


def own_words(account: Account, article_id: int) -> OwnWords:
    """The article's own words for the account; unsaved and empty ones when it has none."""
    found = OwnWords.objects.filter(account=account, article=article_id).first()
    return found or OwnWords(account=account, article_id=article_id)


def posts_of(outlet_id: int) -> QuerySet[Post]:
    """The newest first."""
    return (
        Post.objects.filter(account__outlet=outlet_id)
        .select_related("account", "article", "by", "release")
        .order_by("-planned_at", "-pk")
    )


def for_people(outlet_id: int) -> QuerySet[Post]:
    """What a person has to look at, the oldest first."""
    waiting = Post.objects.filter(account__outlet=outlet_id, state__in=FOR_PEOPLE)
    return waiting.select_related("account", "article", "of").order_by("planned_at", "pk")


def due_posts(*, at: datetime) -> QuerySet[Post]:
    """What has to be sent by now, and what a worker left in the middle."""
    return Post.objects.filter(
        Q(state__in=TO_SEND, due_at__lte=at)
        | Q(state=State.ASKED, claimed_at__lte=at - CLAIM_HOLDS)
    ).order_by("due_at", "pk")


def sent_since(account: Account, at: datetime) -> QuerySet[Post]:
    return Post.objects.filter(account=account, claimed_at__gt=at)


def spent_cents(account: Account, *, at: datetime) -> Decimal:
    """In the calendar month (UTC) of a moment: all that was asked for, whatever came of it."""
    begins = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = sent_since(account, begins).aggregate(sum=Sum("cost_cents"))["sum"]
    return found or Decimal(0)


def outlets_with_accounts() -> QuerySet[Outlet]:
    return Outlet.objects.filter(pk__in=Account.objects.values("outlet")).order_by("path")
