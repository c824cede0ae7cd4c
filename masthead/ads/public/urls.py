"""Below `-/ads/` of an outlet. What devices post there is the front door's (`ads.door`)."""

from django.urls import path

from masthead.ads.public import views

urlpatterns = [
    path("list.json", views.the_list, name="ads-list"),
    path("frame/<uuid:creative>.html", views.frame, name="ads-frame"),
    path("tag/<slug:place>.html", views.tag, name="ads-tag"),
]
