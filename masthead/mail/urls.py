"""The screens of mail, under the desk."""

from django.urls import path

from masthead.mail.desk import folder_views, views

app_name = "mail"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:letter_id>/settle/", views.settle, name="settle"),
    path("<int:letter_id>/again/", views.again, name="again"),
    path("suppressions/", views.suppressions, name="suppressions"),
    path("suppressions/<int:suppression_id>/lift/", views.lift, name="lift"),
    path("feedback/", views.feedback, name="feedback"),
    path("folder/", folder_views.folder, name="folder"),
    path("folder/<str:name>/", folder_views.kept, name="kept"),
    path("folder/<str:name>/html/", folder_views.kept_html, name="kept-html"),
]
