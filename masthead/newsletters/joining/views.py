"""Joining from a page, and leaving from a mail."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from masthead.newsletters.joining import actions
from masthead.newsletters.joining.guarding import is_filled_by_machine, is_from_here
from masthead.newsletters.joining.intents import join_intent
from masthead.newsletters.joining.offered import offered_by
from masthead.newsletters.joining.queries import find_subscription
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.structured_data import outlet_open_graph
from masthead.press.asking import Asking
from masthead.press.reader_view import reader_view
from masthead.readers.addresses import NotAnAddress
from masthead.readers.pages.answering import (
    came_from,
    page,
    see_other,
    sentence,
    sheet_of,
    source_of,
)
from masthead.readers.proofs import ask_to_prove

PLACE = "newsletters/"
SENT = "newsletters/join/sent/"


@reader_view()
def newsletters(asking: Asking) -> ReaderPage:
    """What the outlet offers, with a form to join; the same for everybody."""
    sheet = asking.sheet
    title = _("Newsletters")
    head = Head(
        title=title,
        description=_("Newsletters of %(name)s, by e-mail.") % {"name": sheet.name},
        canonical=sheet.absolute(PLACE),
        og=outlet_open_graph(sheet),
    )
    context = {"title": title, "offered": offered_by(sheet)}
    return ReaderPage(sheet, "personal", "newsletters/joining/newsletters.html", head, context)


@reader_view()
def sent(asking: Asking) -> ReaderPage:
    """The answer to every sign-up, whosever the address is."""
    head = Head(title=_("Look into your mail"), robots="noindex")
    context = {"title": head.title}
    return ReaderPage(asking.sheet, "personal", "newsletters/joining/sent.html", head, context)


@csrf_exempt  # the box has no token; see `guarding`
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    if not is_from_here(request):
        words = _("This form came from another site. Please join here.")
        return sentence(request, _("That did not work"), words, status=403, url=PLACE, link=PLACE)
    if is_filled_by_machine(request):
        return see_other(request, SENT)
    sheet = sheet_of(request)
    email, asked = request.POST.get("email", "")[:300], set(request.POST.getlist("newsletter"))
    wanted = [each for each in offered_by(sheet) if each.id in asked]
    if not wanted:
        return _again(request, email, asked, _("Please choose a newsletter."))
    try:
        ask_to_prove(
            email=email,
            intents=[join_intent(each, outlet=sheet.name) for each in wanted],
            sheet=sheet,
            place=came_from(request) or PLACE,
            source=source_of(request),
            at=timezone.now(),
        )
    except NotAnAddress as bad:
        return _again(request, email, asked, str(bad))
    return see_other(request, SENT)


# RFC 8058: no cookies, no redirect, and what is in the address is all that is needed.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """
    GET shows a button and never acts: scanners follow every link. POST leaves, at once and as often
    as it is sent, by the mail program's own button as by ours; the body does not matter.
    """
    found = find_subscription(token)
    if found is None:
        words = _("You may have been taken off already.")
        return sentence(request, _("This link no longer works"), words, status=404)
    subscription, edition = found
    newsletter = subscription.newsletter
    if request.method != "POST":
        is_off = subscription.state == subscription.State.LEFT
        template = "newsletters/joining/leave.html"
        title = _("Leave “%(name)s”?") % {"name": newsletter.name}
        return page(request, template, title, newsletter=newsletter, is_off=is_off)
    by_program = "List-Unsubscribe" in request.POST
    how = "one-click" if by_program else "link"
    said = actions.Said("newsletters/leave/", how, timezone.now())
    actions.leave(subscription=subscription, through=how, said=said, edition=edition)
    if by_program:
        answer = HttpResponse("Left.\n", content_type="text/plain; charset=utf-8")
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
    title = _("You do not get “%(name)s” any more") % {"name": newsletter.name}
    text, link = _("It has ended at once."), _("Other newsletters")
    return sentence(request, title, text, url=PLACE, link=link)


def _again(request: HttpRequest, email: str, asked: set[str], problem: str) -> HttpResponse:
    return page(
        request,
        "newsletters/joining/newsletters.html",
        _("Newsletters"),
        status=422,
        offered=offered_by(sheet_of(request)),
        asked=asked,
        email=email,
        problem=problem,
    )
