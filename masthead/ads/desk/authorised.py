"""Who may sell: the files of each root domain, kept at the desk."""

import difflib
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from masthead.accounts.models import User
from masthead.ads.authorised import actions
from masthead.ads.authorised.queries import find_file, history_of
from masthead.ads.authorised.roots import by_root
from masthead.ads.desk.doorways import seller
from masthead.ads.models import SellersFile
from masthead.ads.selling.refusals import AdsRefusal
from masthead.ads.selling.rules import outlets_sold_by
from masthead.outlets.queries import canonical_sheets
from masthead.outlets.sheet import Sheet

SHOWN = 20


def roots_kept_by(user: User) -> dict[str, list[Sheet]]:
    """Those under which somebody sells for every title."""
    mine = {outlet.pk for outlet in outlets_sold_by(user)}
    found = by_root(canonical_sheets())
    return {root: all_ for root, all_ in found.items() if {each.id for each in all_} <= mine}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    roots = roots_kept_by(seller(request))
    told = [
        {
            "root": root,
            "sheets": sheets,
            "files": [(name, find_file(root=root, name=name)) for name in SellersFile.Name.values],
        }
        for root, sheets in roots.items()
    ]
    return render(request, "ads/desk/authorised.html", {"roots": told})


def file(request: HttpRequest, root: str, name: str) -> HttpResponse:
    """One file: its lines, what is wrong with them, what others read, and what was before."""
    user = seller(request)
    _known(user, root, name)
    current = find_file(root=root, name=name)
    lines = request.POST.get("lines", current.lines if current else "")
    refusal = ""
    if request.method == "POST":
        try:
            actions.keep_file(
                root=root, name=SellersFile.Name(name), lines=lines, by=user, at=timezone.now()
            )
        except AdsRefusal as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Kept. It is read back in a moment."))
            return redirect("ads:sellers_file", root, name)
    editions = list(history_of(root=root, name=name).select_related("made_by")[:SHOWN])
    context = {
        "root": root,
        "name": name,
        "lines": lines,
        "refusal": refusal,
        "problems": actions.problems_of(name, lines),
        "file": current,
        "address": actions.address_of(current) if current else "",
        "history": [_with_difference(each, before) for each, before in _pairs(editions)],
        "is_sellers": name == SellersFile.Name.SELLERS,
    }
    return render(request, "ads/desk/sellers_file.html", context)


@require_POST
def read_back(request: HttpRequest, root: str, name: str) -> HttpResponse:
    """Now, instead of waiting for the job."""
    _known(seller(request), root, name)
    current = find_file(root=root, name=name)
    if current is None:
        raise Http404
    found = actions.read_file_back(file=current, at=timezone.now())
    messages.info(request, str(SellersFile.ReadBack(found).label))
    return redirect("ads:sellers_file", root, name)


def _known(user: User, root: str, name: str) -> None:
    if name not in SellersFile.Name.values:
        raise Http404
    if root not in roots_kept_by(user):
        raise PermissionDenied


def _pairs(editions: list[SellersFile]) -> list[tuple[SellersFile, SellersFile | None]]:
    return list(zip(editions, [*editions[1:], None], strict=True))


def _with_difference(edition: SellersFile, before: SellersFile | None) -> dict[str, Any]:
    """What came and what went, line by line."""
    old = before.text.splitlines() if before else []
    changes = [
        (line[0], line[2:])
        for line in difflib.ndiff(old, edition.text.splitlines())
        if line[0] in "+-"
    ]
    return {"edition": edition, "changes": changes[:40]}
