"""Under MEDIA_URL."""

from django.urls import path

from masthead.pictures import views

urlpatterns = [path("<path:path>", views.media, name="media")]
