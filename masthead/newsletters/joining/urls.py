"""Joining and leaving, below `newsletters/` of each outlet."""

from django.urls import path

from masthead.newsletters.joining import views

urlpatterns = [
    path("", views.newsletters, name="newsletters"),
    path("join/", views.join, name="newsletter-join"),
    path("join/sent/", views.sent, name="newsletter-join-sent"),
    path("leave/<str:token>/", views.leave, name="newsletter-leave"),
]
