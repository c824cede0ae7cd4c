"""What the screens fetch through: an outlet, an account, a row, for whoever may; else 404."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from masthead.outlets.models import Outlet
from masthead.posting.models import Account, Post
from masthead.posting.rules import may_connect, may_post


def outlets_to_post_for(user: Any) -> list[Outlet]:
    """In the network's order."""
    return [each for each in Outlet.objects.live().order_by("path") if may_post(user, each)]


def get_outlet(user: Any, slug: str, *, to_connect: bool = False) -> Outlet:
    outlet = Outlet.objects.live().filter(slug=slug).first()
    may = may_connect if to_connect else may_post
    if outlet is None or not may(user, outlet):
        raise Http404
    return outlet


def get_account(user: Any, slug: str, account_id: int, *, to_connect: bool = True) -> Account:
    outlet = get_outlet(user, slug, to_connect=to_connect)
    return get_object_or_404(Account, pk=account_id, outlet=outlet, removed_at=None)


def get_post(user: Any, slug: str, post_id: int) -> Post:
    outlet = get_outlet(user, slug)
    rows = Post.objects.select_related("account", "article", "release", "of")
    return get_object_or_404(rows, pk=post_id, account__outlet=outlet)
