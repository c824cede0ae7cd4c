"""The ad desk's addresses."""

from django.urls import path

from masthead.ads.desk import lists

app_name = "ads"
urlpatterns = [
    path("", lists.campaigns, name="index"),
    path("advertisers/", lists.advertisers, name="advertisers"),
    path("creatives/", lists.creatives, name="creatives"),
]
