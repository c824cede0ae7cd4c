"""What an article's own query reads of its comments."""

from django.db.models import OuterRef, Subquery

from masthead.articles.along import register_along
from masthead.comments.models import House, Thread


def read_along() -> None:
    thread = Thread.objects.filter(published=OuterRef("pk")).values("first")[:1]
    house = House.objects.filter(outlet=OuterRef("outlet")).values("rules")[:1]
    register_along("comments", Subquery(thread))
    register_along("comment_rules", Subquery(house))
