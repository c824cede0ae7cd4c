"""Where the desk finds it. Wagtail lets nobody to these addresses who may not enter the desk."""

from django.urls import URLPattern, path
from wagtail import hooks

from masthead.ads.preview import views


@hooks.register("register_admin_urls")
def preview_urls() -> list[URLPattern]:
    at = "ads/preview/<uuid:creative>/"
    return [
        path(at, views.page, name="ads-preview"),
        path(f"{at}list.json", views.its_list, name="ads-preview-list"),
        path(f"{at}frame.html", views.frame, name="ads-preview-frame"),
    ]
