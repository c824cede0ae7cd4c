"""Reads for the API that nothing else asks."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from masthead.articles.models import ListedAuthor, ListedTopic, PublishedArticle, Topic
from masthead.articles.queries import Place
from masthead.people.models import Author
from masthead.publishing.models import Release


def find_by_public_id(*, outlet_id: int, public_id: UUID) -> PublishedArticle | None:
    """The article on one outlet, live or withdrawn, with its text. One query."""
    return (
        PublishedArticle.objects.filter(public_id=public_id, outlet=outlet_id)
        .select_related("text", "article")
        .order_by("pk")
        .first()
    )


def authors_on(outlet_id: int, *, after: str = "") -> QuerySet[Author]:
    """By address: those with a live article on the outlet, or said to write for it."""
    listed = ListedAuthor.objects.filter(author=OuterRef("pk"), outlet_id=outlet_id)
    staff = Author.outlets.through.objects.filter(author=OuterRef("pk"), outlet=outlet_id)
    return (
        Author.objects.filter(Exists(listed) | Exists(staff), slug__gt=after)
        .select_related("portrait")
        .prefetch_related("links")
        .order_by("slug")
    )


def topics_on(outlet_id: int, *, after: str = "") -> QuerySet[Topic]:
    """By address: those with a live article on the outlet."""
    listed = ListedTopic.objects.filter(topic=OuterRef("pk"), outlet_id=outlet_id)
    return Topic.objects.filter(Exists(listed), slug__gt=after).order_by("slug")


def corrections_on(outlet_id: int) -> QuerySet[Release]:
    """
    Corrections of what is live on the outlet, newest first, each with `found_at`, the path of
    its article. An index holds corrections alone, so that it is not every release that is read.
    """
    live = PublishedArticle.State.LIVE
    return (
        Release.objects.filter(
            act=Release.Act.CORRECT,
            article__published__outlet=outlet_id,
            article__published__state=live,
        )
        .annotate(
            found_at=F("article__published__path"),
            headline=F("article__published__headline"),
            public_id_of_article=F("article__published__public_id"),
        )
        .select_related("version")
        .order_by("-at", "-pk")
    )


def before_place(corrections: QuerySet[Release], place: Place | None) -> QuerySet[Release]:
    """Those further down than a place."""
    if place is None:
        return corrections
    return corrections.filter(at__lte=place.at).exclude(at=place.at, pk__gte=place.id)
