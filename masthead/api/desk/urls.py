"""The partners' screens, under the desk."""

from django.urls import path

from masthead.api.desk import views

app_name = "partners"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("<uuid:public_id>/", views.partner, name="partner"),
    path("<uuid:public_id>/key/", views.new_key, name="key"),
    path("<uuid:public_id>/revoke/", views.revoke, name="revoke"),
]
