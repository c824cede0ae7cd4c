"""Addresses of comments below an outlet. What acts is below `do/` and asks the program."""

from django.urls import path

from masthead.comments.views import reading, writing

urlpatterns = [
    path("do/write", writing.write, name="comment-write"),
    path("do/mine", writing.mine, name="comments-mine"),
    path("do/me.json", writing.me, name="comments-me"),
    path("do/reply/<uuid:comment_id>", writing.reply, name="comment-reply"),
    path("do/edit/<uuid:comment_id>", writing.edit, name="comment-edit"),
    path("do/delete/<uuid:comment_id>", writing.delete, name="comment-delete"),
    path("<uuid:public_id>/", reading.newest, name="comments"),
    path("<uuid:public_id>/live.json", reading.live, name="comments-live"),
    path("<uuid:public_id>/<uuid:comment_id>/", reading.branch, name="comments-branch"),
    path("<uuid:public_id>/<str:order>/", reading.in_order, name="comments-in-order"),
]
