"""The API's addresses below an outlet; none ends with a slash but the documentation's."""

from django.urls import path, re_path

from masthead.api import views
from masthead.api.views import ninjs

urlpatterns = [
    path("", views.documentation, name="api"),
    path("openapi.json", views.openapi, name="api-openapi"),
    path("outlet", views.outlet, name="api-outlet"),
    path("outlets", views.outlets, name="api-outlets"),
    path("sections", views.sections, name="api-sections"),
    # One way to write a number: each address that leads to a page is kept as one.
    re_path(
        r"^sections/(?P<section>[1-9][0-9]{0,9})/articles\Z",
        views.section_articles,
        name="api-section-articles",
    ),
    path("articles", views.articles, name="api-articles"),
    path("articles/<uuid:public_id>", views.article, name="api-article"),
    path("months", views.months, name="api-months"),
    re_path(
        r"^months/(?P<month>[0-9]{4}-[0-9]{2})/articles\Z",
        views.month_articles,
        name="api-month-articles",
    ),
    path("authors", views.authors, name="api-authors"),
    path("authors/<str:slug>/articles", views.author_articles, name="api-author-articles"),
    path("topics", views.topics, name="api-topics"),
    path("topics/<str:slug>/articles", views.topic_articles, name="api-topic-articles"),
    path("corrections", views.corrections, name="api-corrections"),
    path("ninjs/articles", ninjs.wire, name="api-ninjs"),
    path("ninjs/articles/<uuid:public_id>", ninjs.wire_item, name="api-ninjs-article"),
    re_path(r"", views.missing, name="api-missing"),
]
