"""The curating screens, under the desk."""

from django.urls import path

from masthead.fronts import views

app_name = "fronts"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:outlet>/", views.curate, name="curate"),
    path("<str:outlet>/draft/", views.arrange, name="arrange"),
    path("<str:outlet>/articles/", views.articles, name="articles"),
    path("<str:outlet>/look/", views.look, name="look"),
    path("<str:outlet>/release/", views.release, name="release"),
    path("<str:outlet>/discard/", views.discard, name="discard"),
    path("<str:outlet>/bring-back/<int:layout_id>/", views.bring_back, name="bring_back"),
]
