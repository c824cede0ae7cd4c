"""What the moderators' screens fetch through; 404 for whoever may not."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from masthead.accounts.models import User
from masthead.comments.actions.saving import Seen
from masthead.comments.desk.queues import QUEUES, outlets_of
from masthead.comments.models import Ban, Comment, Decision, Thread
from masthead.comments.rules import may_moderate, may_moderate_all
from masthead.comments.wording import HELD
from masthead.outlets.models import Outlet


def get_outlets(request: HttpRequest) -> list[Outlet]:
    """At least one; else PermissionDenied."""
    found = outlets_of(request.user)
    if not found:
        raise PermissionDenied
    return found


def get_comment(user: Any, public_id: UUID) -> Comment:
    rows = Comment.objects.select_related("outlet", "author", "thread__published")
    comment = get_object_or_404(rows, public_id=public_id)
    if not may_moderate(user, comment.outlet):
        raise Http404
    return comment


def get_decision(user: Any, decision_id: int) -> Decision:
    """Of one's own title; what it decided on may have moved to another, whose it is then."""
    found = Decision.objects.select_related("outlet", "comment__outlet")
    decision = get_object_or_404(found, pk=decision_id)
    if decision.outlet is None or not may_moderate(user, decision.outlet):
        raise Http404
    if decision.comment is not None and not may_moderate(user, decision.comment.outlet):
        raise Http404
    return decision


def get_ban(user: Any, ban_id: int) -> Ban:
    """One of an outlet for its moderators; one of the network for those of all."""
    found = get_object_or_404(Ban.objects.select_related("outlet"), pk=ban_id)
    outlet = found.outlet
    if not (may_moderate_all(user) if outlet is None else may_moderate(user, outlet)):
        raise Http404
    return found


def moderator(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def get_seen(asked: Mapping[str, str], outlets: list[Outlet]) -> Seen:
    """What of the queues is asked for, all of it one's own; 404 for a queue that is none."""
    name = asked.get("queue", "held")
    if name not in QUEUES:
        raise Http404
    number, why = asked.get("thread", ""), asked.get("why", "")
    thread = None
    if number.isdecimal() and len(number) < 18:
        mine = Thread.objects.filter(outlet__in=outlets).select_related("published")
        thread = mine.filter(pk=int(number)).first()
    outlet = next((each for each in outlets if each.slug == asked.get("outlet")), None)
    return Seen(name, outlet, thread, why if name == "held" and why in HELD else "")
