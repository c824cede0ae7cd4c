"""The mail folder at the desk: a network without a mail server can be tried to the end."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from masthead.mail import queries
from masthead.mail.desk.guarding import for_folder
from masthead.mail.desk.kept_mails import KeptMail, find_mail, newest
from masthead.mail.desk.views import words_of
from masthead.mail.rules import may_see_staff_mail

# As a mail program does: no scripts, no forms, nothing from elsewhere; links open beside the desk.
LONE = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
    " img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'self'"
)
HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
BASE = '<base target="_blank">'


@require_GET
@for_folder
def folder(request: HttpRequest) -> HttpResponse:
    words = words_of(request)
    mails = [mail for mail in newest() if words in f"{mail.to} {mail.subject}".lower()]
    shown = [mail for mail in mails if _may_read(request, mail)]
    context = {"mails": shown, "here": "folder", "has_folder": True, "words": words}
    return render(request, "mail/desk/folder.html", context)


@require_GET
@for_folder
def kept(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: as its reader sees it, as text, as it was sent."""
    mail = _get(request, name)
    context = {
        "mail": mail,
        "has_html": bool(mail.body("html")),
        "text": mail.body("plain"),
        "source": mail.raw.decode("utf-8", "replace"),
        "here": "folder",
        "has_folder": True,
    }
    return render(request, "mail/desk/kept.html", context)


@require_GET
@for_folder
@xframe_options_sameorigin
def kept_html(request: HttpRequest, name: str) -> HttpResponse:
    """For the frame of that screen."""
    html = _get(request, name).body("html")
    found = HEAD.search(html)
    page = f"{html[: found.end()]}{BASE}{html[found.end() :]}" if found else f"{BASE}{html}"
    return HttpResponse(page, headers={"Content-Security-Policy": LONE})


def _get(request: HttpRequest, name: str) -> KeptMail:
    mail = find_mail(name)
    if mail is None or not _may_read(request, mail):
        raise Http404
    return mail


def _may_read(request: HttpRequest, mail: KeptMail) -> bool:
    return may_see_staff_mail(request.user) or not queries.is_to_staff(mail.to)
