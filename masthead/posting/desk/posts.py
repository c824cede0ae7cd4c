"""The delivery log, and what waits for a person."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from masthead.posting.actions import by_people
from masthead.posting.desk.addresses import account_address, share_address
from masthead.posting.desk.doorways import get_outlet, get_post
from masthead.posting.models import Account, State
from masthead.posting.queries import for_people, posts_of

PER_PAGE = 50


@require_safe
def log(request: HttpRequest, outlet: str) -> HttpResponse:
    """?account=, ?state=."""
    title = get_outlet(request.user, outlet)
    rows = posts_of(title.pk)
    account, state = request.GET.get("account", ""), request.GET.get("state", "")
    if account.isdecimal() and len(account) < 10:
        rows = rows.filter(account=int(account))
    if state in State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.prefetch_related("tries"), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "outlet": title,
        "page": page,
        "accounts": Account.objects.filter(outlet=title).order_by("network", "pk"),
        "states": State.choices,
        "account": account,
        "state": state,
    }
    return render(request, "posting/log.html", context)


@require_safe
def waiting(request: HttpRequest, outlet: str) -> HttpResponse:
    title = get_outlet(request.user, outlet)
    rows = list(for_people(title.pk)[:PER_PAGE])
    for post in rows:
        post.share_url = share_address(post)  # type: ignore[attr-defined]
        post.account_url = account_address(post.account)  # type: ignore[attr-defined]
    return render(request, "posting/waiting.html", {"outlet": title, "rows": rows})


def _acting(
    act: Callable[..., None], done: str | Promise, *given: str
) -> Callable[..., HttpResponse]:
    """given: names of the form's fields that the action takes."""

    @require_POST
    def view(request: HttpRequest, outlet: str, post_id: int) -> HttpResponse:
        post = get_post(request.user, outlet, post_id)
        more: dict[str, Any] = {name: request.POST.get(name, "").strip()[:2000] for name in given}
        try:
            act(post=post, by=request.user, at=timezone.now(), **more)
        except by_people.PostRefusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, str(done))
        onward = request.POST.get("next", "")
        if url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
            return redirect(onward)
        return redirect("networks:waiting", outlet)

    return view


approve = _acting(by_people.approve_post, gettext_lazy("It is on its way."))
again = _acting(by_people.try_again, gettext_lazy("It is tried again."))
send = _acting(by_people.send_after_all, gettext_lazy("It is on its way."))
replay = _acting(by_people.replay, gettext_lazy("It is told again."))
there = _acting(by_people.it_is_there, gettext_lazy("Noted."), "url")
leave = _acting(by_people.leave_out, gettext_lazy("It is not posted."))
