"""Who may come in."""

from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from masthead.accounts.models import User
from masthead.readers.models import Reader
from masthead.readers.rules import may_see_readers


def refuse_others(request: HttpRequest) -> User:
    """Publishers and owners."""
    if not may_see_readers(request.user):
        raise PermissionDenied
    return cast(User, request.user)


def get_reader(request: HttpRequest, public_id: UUID) -> Reader:
    refuse_others(request)
    return get_object_or_404(Reader, public_id=public_id)
