"""The desk's own addresses."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.accounts.models import User
from masthead.desk.actions import AlreadyFounded, found_network
from masthead.desk.forms import FirstRunForm
from masthead.desk.queries import sections_to_write_in
from masthead.outlets.models import Outlet


def first_run(request: HttpRequest) -> HttpResponse:
    """From an empty network to its first title."""
    user = request.user
    if not isinstance(user, User) or not user.is_superuser:
        raise PermissionDenied
    if Outlet.objects.exists():
        messages.info(request, _("This network has its first title already."))
        return redirect("wagtailadmin_home")
    form = FirstRunForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        outlet = _found(request, user, form)
        if outlet is not None:
            return redirect("desk_new_article")
    return render(request, "desk/first_run.html", {"form": form})


def _found(request: HttpRequest, user: User, form: FirstRunForm) -> Outlet | None:
    try:
        with transaction.atomic():
            _introduce(user, form.cleaned_data)
            outlet = found_network(first=form.first_outlet(), owner=user, at=timezone.now())
    except AlreadyFounded as error:
        form.add_error(None, str(error))
        return None
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    if form.cleaned_data["password"]:
        update_session_auth_hash(request, user)
    messages.success(
        request, _("%(outlet)s is there. Write its first article.") % {"outlet": outlet.title}
    )
    return outlet


def _introduce(user: User, asked: dict[str, Any]) -> None:
    user.first_name, _space, user.last_name = asked["your_name"].strip().partition(" ")
    user.email = asked["email"]
    if asked["password"]:
        user.set_password(asked["password"])
    user.save()


def new_article(request: HttpRequest) -> HttpResponse:
    """Choose the section; with only one there is nothing to choose."""
    sections = sections_to_write_in(request.user)  # type: ignore[arg-type]
    if len(sections) == 1:
        return redirect(_add_url(sections[0].pk))
    return render(request, "desk/new_article.html", {"sections": grouped_sections(request.user)})


def _add_url(section_id: int) -> str:
    return reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section_id])


def grouped_sections(user: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    """Sections under their outlet's name, each with the address of a new article. Two queries."""
    sections = sections_to_write_in(user)
    step = Outlet.steplen * 2
    paths = {section.path[:step] for section in sections}
    names = dict(Outlet.objects.filter(path__in=paths).values_list("path", "title"))
    grouped: dict[str, list[dict[str, Any]]] = {}
    for section in sections:
        grouped.setdefault(names[section.path[:step]], []).append(
            {"name": section.title, "is_nested": section.depth > 3, "url": _add_url(section.pk)}
        )
    return list(grouped.items())
