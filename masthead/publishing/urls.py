"""The public record's screens, under the desk."""

from django.urls import path

from masthead.publishing import views

app_name = "publishing"
urlpatterns = [
    path("<int:page_id>/versions/", views.versions, name="versions"),
    path("<int:page_id>/versions/compare/", views.compare, name="compare"),
    path("<int:page_id>/withdraw/", views.withdraw, name="withdraw"),
]
