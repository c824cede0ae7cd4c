"""
What every address that acts shares: who asks, from where, and how the answer looks.

Readers' pages lie on a shelf and are the same for all, so their forms carry no secret of a session.
That a form was sent from a page of the same outlet is told by the browser itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from masthead.accounts.models import Assignment
from masthead.articles.models import ListedAuthor, PublishedArticle
from masthead.comments.actions.posting import NotTaken, Writer
from masthead.comments.admission import Admission
from masthead.comments.models import Comment
from masthead.comments.queries import find_comment, find_place, find_reader
from masthead.comments.wording import TOLD
from masthead.outlets.page import Head, ReaderPage
from masthead.outlets.sheet import Sheet
from masthead.press.asking import Asking
from masthead.press.headers import PRIVATE
from masthead.press.render import print_page, respond
from masthead.readers.actions import find_or_add_reader
from masthead.readers.models import Benefit, Reader
from masthead.readers.queries import benefits_of

View = Callable[..., HttpResponse]


def acting(*, methods: tuple[str, ...] = ("POST",), admission: Admission | None = None) -> Any:
    """
    A view that does something: nothing by GET, only from our own pages, and not more than the
    program can take. Its answers are for one person.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @require_http_methods([*methods])
        @wraps(view)
        def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
            if request.method == "POST":
                if not is_from_here(request):
                    return said(request, _("This form was sent from another site."), status=403)
                wait = admission.wait_seconds(address_of(request)) if admission else 0
                if wait:
                    return wait_a_little(request, str(TOLD["busy"]), seconds=wait)
            answer = view(request, **arguments)
            answer["Cache-Control"] = PRIVATE
            return answer

        guarded.admission = admission  # type: ignore[attr-defined]
        return guarded

    return decorate


def is_from_here(request: HttpRequest) -> bool:
    """By what browsers say of each request; one that says neither is no browser with a session."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc == request.get_host()


def address_of(request: HttpRequest) -> str | None:
    return request.META.get("REMOTE_ADDR") or None


def sheet_of(request: HttpRequest) -> Sheet:
    sheet: Sheet = request.sheet  # type: ignore[attr-defined]
    return sheet


def get_place(request: HttpRequest, public_id: str) -> PublishedArticle:
    try:
        named = UUID(public_id)
    except ValueError as error:
        raise Http404 from error
    place = find_place(outlet_id=sheet_of(request).id, public_id=named)
    if place is None:
        raise Http404
    return place


def get_comment(request: HttpRequest, public_id: UUID) -> Comment:
    """One that readers can see; another's held one is as if it were not there."""
    comment = find_comment(outlet_id=sheet_of(request).id, public_id=public_id)
    if comment is None or comment.state != "approved":
        raise Http404
    return comment


def get_own_comment(request: HttpRequest, public_id: UUID, reader: Reader) -> Comment:
    comment = find_comment(outlet_id=sheet_of(request).id, public_id=public_id)
    if comment is None or comment.author_id != reader.pk:
        raise Http404
    return comment


def find_own(request: HttpRequest) -> Reader | None:
    """The reader who is signed in. Whoever signed in has shown that the address is theirs."""
    user = request.user
    if not user.is_authenticated:
        return None
    reader = find_reader(user)
    return reader or find_or_add_reader(email=user.email, at=timezone.now(), user=user)


def find_writer(request: HttpRequest, *, place: PublishedArticle) -> Writer | None:
    """The person signed in, as somebody who writes below an article; None for nobody."""
    reader, user = find_own(request), request.user
    if reader is None:
        return None
    benefits = benefits_of(user=user, at=timezone.now())
    return Writer(
        reader=reader,
        is_proved=True,
        badge=_badge(user, place),
        is_member=Benefit.MEMBERS_ARTICLES in benefits,
        address=address_of(request),
    )


def _badge(user: Any, place: PublishedArticle) -> str:
    wrote = ListedAuthor.objects.filter(published=place, author__user=user)
    if wrote.exists():
        return "author"
    works = Assignment.objects.filter(user=user).select_related("place")
    outlet = place.outlet.path
    here = (
        each.place.path.startswith(outlet) or outlet.startswith(each.place.path) for each in works
    )
    return "staff" if user.is_superuser or any(here) else ""


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def said(
    request: HttpRequest,
    words: str,
    *,
    status: int = 200,
    back: str = "",
    more: dict[str, Any] | None = None,
    offers_sign_in: bool = False,
    is_again: bool = False,
) -> HttpResponse:
    """
    A sentence for a person, or the same for a script.

    is_again: with what was typed, to be changed and sent once more.
    """
    if wants_json(request):
        return JsonResponse({"said": words, **(more or {})}, status=status)
    sheet = sheet_of(request)
    sign_in = sheet.url("readers/sign-in/?to=comments/do/mine") if offers_sign_in else ""
    again = {"action": request.path, "kept": list(request.POST.items())} if is_again else None
    context = {"words": words, "back": back or sheet.url(), "sign_in": sign_in, "again": again}
    return page(request, "comments/said.html", title=words, context=context, status=status)


def wait_a_little(request: HttpRequest, words: str, *, seconds: int) -> HttpResponse:
    answer = said(request, words, status=429, more={"wait": seconds}, is_again=True)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = PRIVATE
    return answer


def not_taken(request: HttpRequest, error: NotTaken, *, back: str) -> HttpResponse:
    if error.wait_seconds:
        return wait_a_little(request, str(error), seconds=error.wait_seconds)
    more = {"reason": error.reason}
    return said(request, str(error), status=422, back=back, more=more, is_again=True)


def page(
    request: HttpRequest, template: str, *, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page for one person, in the outlet's look; never kept anywhere."""
    sheet = sheet_of(request)
    shown = ReaderPage(
        sheet,
        "comments",
        template,
        Head(title=title, robots="noindex"),
        {"title": title, **context},
        status=status,
    )
    answer = respond(print_page(shown, asking=Asking(sheet, timezone.now())))
    answer["Cache-Control"] = PRIVATE
    return answer
