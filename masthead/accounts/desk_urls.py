"""The People screens, under the desk."""

from django.urls import path

from masthead.accounts import views

urlpatterns = [
    path("staff/", views.people, name="accounts_people"),
    path("staff/invite/", views.invite, name="accounts_invite"),
    path("staff/<uuid:public_id>/", views.person, name="accounts_person"),
    path(
        "staff/<uuid:public_id>/roles/<int:assignment_id>/remove/",
        views.remove_role,
        name="accounts_remove_role",
    ),
    path("staff/<uuid:public_id>/sessions/end/", views.end_sessions, name="accounts_end_sessions"),
]
