"""What stands below an article, under the desk."""

from django.urls import path

from masthead.related import views

app_name = "related"
urlpatterns = [
    path("<int:page_id>/related/", views.index, name="index"),
    path("<int:page_id>/related/<int:other_id>/pin/", views.pin, name="pin"),
    path("<int:page_id>/related/<int:other_id>/ban/", views.ban, name="ban"),
    path("<int:page_id>/related/<int:other_id>/take-back/", views.take_back, name="take_back"),
]
