"""Under `account/`, before allauth's own."""

from django.urls import path

from masthead.accounts import views

app_name = "accounts"
urlpatterns = [
    path("link/<str:secret>/", views.sign_in_link, name="link"),
    path("sessions/end/", views.end_my_sessions, name="end_my_sessions"),
]
