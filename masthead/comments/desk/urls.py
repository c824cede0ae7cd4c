"""The moderators' screens, under the desk."""

from django.urls import path

from masthead.comments.desk import appeals, bans, rules, saved, views

app_name = "comments"
urlpatterns = [
    path("", views.index, name="index"),
    path("counts.json", views.counts, name="counts"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<int:appeal_id>/", appeals.decide, name="appeal"),
    path("log/", views.log, name="log"),
    path("bans/", bans.bans, name="bans"),
    path("bans/<int:ban_id>/lift/", bans.lift, name="lift"),
    path("rules/", rules.rules, name="rules"),
    path("views/", saved.keep, name="keep"),
    path("views/<int:view_id>/drop/", saved.drop, name="drop"),
    path("decisions/<int:decision_id>/undo/", views.undo, name="undo"),
    path("<uuid:public_id>/approve/", views.approve, name="approve"),
    path("<uuid:public_id>/reject/", views.reject, name="reject"),
    path("<uuid:public_id>/remove/", views.remove, name="remove"),
    path("<uuid:public_id>/pick/", views.pick, name="pick"),
    path("<uuid:public_id>/note/", views.note, name="note"),
]
