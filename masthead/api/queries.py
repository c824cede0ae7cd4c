"""Reads for the API that nothing else asks."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from masthead.accounts.models import Role, User
from masthead.accounts.queries import places_of
from masthead.api.keys import hash_of
from masthead.api.models import Partner
from masthead.articles.models import ListedAuthor, ListedTopic, PublishedArticle, Topic
from masthead.articles.queries import Place
from masthead.outlets.models import Outlet
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


def newest_releases_on(outlet_id: int) -> QuerySet[Release]:
    """
    The newest release of each article that has an address on the outlet, newest first: what a
    partner who took everything yesterday has to look at today.
    """
    newer = Release.objects.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
    return Release.objects.filter(~Exists(newer), article__published__outlet=outlet_id).order_by(
        "-at", "-pk"
    )


def rows_of(article_ids: Collection[int], *, outlet_id: int) -> dict[int, PublishedArticle]:
    """By article, live or withdrawn, with their texts. One query."""
    rows = PublishedArticle.objects.filter(article__in=article_ids, outlet=outlet_id)
    return {row.article_id: row for row in rows.select_related("text", "article")}


def corrections_by_article(
    article_ids: Collection[int], *, outlet_id: int
) -> dict[int, list[Release]]:
    """Newest first. One query."""
    found: dict[int, list[Release]] = {}
    for each in corrections_on(outlet_id).filter(article__in=article_ids):
        found.setdefault(each.article_id, []).append(each)
    return found


def find_partner_by_key(key: str) -> Partner | None:
    return Partner.objects.filter(key_hash=hash_of(key)).first()


def partners_of(user: User) -> QuerySet[Partner]:
    """Those whose titles are all in the user's hands, newest first; for owners everybody's."""
    partners = Partner.objects.prefetch_related("outlets").order_by("-made_at", "-pk")
    if user.is_superuser:
        return partners
    managed = outlets_kept_by(user).values("pk")
    theirs = Partner.outlets.through.objects.filter(partner=OuterRef("pk"))
    return partners.filter(
        Exists(theirs.filter(outlet__in=managed)), ~Exists(theirs.exclude(outlet__in=managed))
    )


def outlets_kept_by(user: User) -> QuerySet[Outlet]:
    """The titles whose partners somebody keeps."""
    outlets = Outlet.objects.order_by("path")
    if user.is_superuser:
        return outlets
    places = places_of(user, roles=[Role.PUBLISHER]).values_list("path", flat=True)
    return outlets.filter(path__in=list(places))


def get_partner_for(user: User, public_id: UUID) -> Partner:
    """One that the user keeps. Raises Partner.DoesNotExist."""
    return partners_of(user).get(public_id=public_id)
