"""Who may open the screens of mail."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from masthead.mail.rules import may_see_mail

View = Callable[..., HttpResponseBase]


def for_mail(view: View) -> View:
    """Refuse whoever may not see readers."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if not may_see_mail(request.user):
            raise PermissionDenied
        return view(request, *args, **more)

    return guarded


def for_folder(view: View) -> View:
    """There is a folder to look into only as long as no mail server is set."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if settings.MAIL_URL:
            raise Http404
        return view(request, *args, **more)

    return for_mail(guarded)
