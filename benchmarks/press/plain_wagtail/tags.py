from django import template
from django.db.models import QuerySet
from wagtail.models import Page

from masthead.articles.models import ArticlePage

register = template.Library()
MOST = 5


@register.simple_tag
def newest_in(section: Page) -> QuerySet[ArticlePage]:
    return ArticlePage.objects.live().child_of(section).order_by("-first_published_at")[:MOST]
