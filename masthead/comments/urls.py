"""Addresses of comments below an outlet. What acts is below `do/` and asks the program."""

from django.urls import path, re_path

from masthead.comments.views import reading, speaking_up, writing

ARTICLE = "(?P<public_id>[0-9a-f-]{36})/"

urlpatterns = [
    path("do/write", writing.write, name="comment-write"),
    path("do/mine", writing.mine, name="comments-mine"),
    path("do/me.json", writing.me, name="comments-me"),
    path("do/appeal/<int:decision_id>", writing.object_to, name="comment-appeal"),
    path("do/reply/<uuid:comment_id>", writing.reply, name="comment-reply"),
    path("do/edit/<uuid:comment_id>", writing.edit, name="comment-edit"),
    path("do/delete/<uuid:comment_id>", writing.delete, name="comment-delete"),
    path("do/respect/<uuid:comment_id>", speaking_up.respect, name="comment-respect"),
    path("do/report/<uuid:comment_id>", speaking_up.report, name="comment-report"),
    path("do/objection/<str:token>", speaking_up.objection, name="comment-objection"),
    path("do/ignore/<uuid:comment_id>", speaking_up.ignoring, name="comment-ignore"),
    path("busy/", reading.busy, name="comments-busy"),
    path("busy.json", reading.busy_words, name="comments-busy-words"),
    path("<uuid:public_id>/", reading.newest, name="comments"),
    path("<uuid:public_id>/live.json", reading.live, name="comments-live"),
    path("<uuid:public_id>/<uuid:comment_id>/", reading.branch, name="comments-branch"),
    re_path(
        rf"^{ARTICLE}(?P<order>oldest|respected)/\Z", reading.in_order, name="comments-in-order"
    ),
]
