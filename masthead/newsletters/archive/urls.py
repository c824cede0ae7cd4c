"""Below `newsletters/` of each outlet. What acts for one reader has addresses of its own there."""

from django.urls import path

from masthead.newsletters.archive import views
from masthead.newsletters.clicks.views import follow_click

urlpatterns = [
    path("c/<str:token>", follow_click, name="newsletter-click"),
    path("<slug:newsletter>/", views.archive, name="newsletter"),
    path("<slug:newsletter>/feed.xml", views.rss, name="newsletter-rss"),
    path("<slug:newsletter>/atom.xml", views.atom, name="newsletter-atom"),
    path("<slug:newsletter>/feed.json", views.json_feed, name="newsletter-json-feed"),
    path("<slug:newsletter>/<uuid:edition>/", views.edition, name="edition"),
]
