"""What the moderators' screens fetch through; 404 for whoever may not."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from masthead.accounts.models import User
from masthead.comments.desk.queues import outlets_of
from masthead.comments.models import Ban, Comment, Decision
from masthead.comments.rules import may_moderate
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
    decision = get_object_or_404(Decision.objects.select_related("outlet"), pk=decision_id)
    if decision.outlet is None or not may_moderate(user, decision.outlet):
        raise Http404
    return decision


def get_ban(user: Any, ban_id: int) -> Ban:
    """One of an outlet for its moderators; one of the network for owners."""
    found = get_object_or_404(Ban.objects.select_related("outlet"), pk=ban_id)
    may = user.is_superuser if found.outlet is None else may_moderate(user, found.outlet)
    if not may:
        raise Http404
    return found


def moderator(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user
