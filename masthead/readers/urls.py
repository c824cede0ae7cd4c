"""The readers' screens, under the desk."""

from django.urls import path

from masthead.readers import views

app_name = "readers"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:public_id>/", views.reader, name="reader"),
    path("<uuid:public_id>/<int:entitlement_id>/end/", views.end, name="end"),
]
