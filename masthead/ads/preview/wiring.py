"""Where the ad desk finds previews, and the places of its outlets."""

from django.urls import URLPattern, path
from wagtail import hooks

from masthead.ads.desk import places
from masthead.ads.preview import views


@hooks.register("register_admin_urls")
def preview_urls() -> list[URLPattern]:
    at = "ads/preview/<uuid:creative>/"
    return [
        path(at, views.page, name="ads-preview"),
        path(f"{at}list.json", views.its_list, name="ads-preview-list"),
        path(f"{at}frame.html", views.frame, name="ads-preview-frame"),
        path("ads/places/", places.places, name="ads-places"),
        path("ads/places/<str:outlet>/<slug:name>/", places.place, name="ads-place"),
    ]
