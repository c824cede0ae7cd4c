"""Posting, answering, changing and taking back a comment, by plain forms or by a script."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.comments.actions.appealing import CannotAppeal, appeal
from masthead.comments.actions.changing import delete_comment, edit_comment, may_edit
from masthead.comments.actions.posting import NotTaken, Writer, Written, post_comment, rules_for
from masthead.comments.actions.speaking_up import ignored_by
from masthead.comments.admission import posts, small_acts
from masthead.comments.models import Appeal, Comment, Decision, State
from masthead.comments.printing import addresses, form
from masthead.comments.proving import ask_author_to_prove
from masthead.comments.views.doorway import (
    acting,
    address_of,
    find_own,
    find_writer,
    get_comment,
    get_own_comment,
    get_place,
    not_taken,
    page,
    said,
    sheet_of,
)
from masthead.comments.wording import what_became, why_refused
from masthead.readers.addresses import NotAnAddress, read_address
from masthead.readers.models import Reader

LONGEST_ID = 64


@acting(admission=posts)
def write(request: HttpRequest) -> HttpResponse:
    """201: stored, with what became of it. 422: not taken, and why. 429: later."""
    place = get_place(request, request.POST.get("article", ""))
    sheet, now = sheet_of(request), timezone.now()
    back = sheet.url(place.path) + "#comments"
    try:
        writer = find_writer(request, place=place) or _unknown(request)
        written = Written(
            text=request.POST.get("text", ""),
            client_id=request.POST.get("client_id", "")[:LONGEST_ID],
            parent=_parent(request),
        )
        comment = post_comment(place=place, sheet=sheet, writer=writer, written=written, at=now)
        if comment.state == State.UNPROVED:
            _ask_to_prove(request, comment)
    except NotTaken as error:
        return not_taken(request, error, back=back)
    return said(
        request,
        what_became(comment),
        status=201,
        back=back,
        more={"id": str(comment.public_id), "state": comment.state},
    )


def _unknown(request: HttpRequest) -> Writer:
    """Somebody who typed an address. Raises NotTaken where that is none."""
    try:
        read_address(request.POST.get("email", ""))
    except NotAnAddress as error:
        words = _("Please give your e-mail address, or sign in first.")
        raise NotTaken(words, reason="address") from error
    name = " ".join(request.POST.get("name", "").split())[:80]
    return Writer(None, is_proved=False, address=address_of(request), name=name)


def _ask_to_prove(request: HttpRequest, comment: Comment) -> None:
    ask_author_to_prove(
        comment=comment,
        email=request.POST.get("email", ""),
        sheet=sheet_of(request),
        source=address_of(request) or "",
        wants_replies=bool(request.POST.get("replies")),
        at=timezone.now(),
    )


def _parent(request: HttpRequest) -> Comment | None:
    named = request.POST.get("parent", "")
    if not named:
        return None
    try:
        return get_comment(request, UUID(named))
    except ValueError:
        return None


@acting(methods=("GET",))
def reply(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """The form to answer a comment, for whoever has no JavaScript."""
    comment = get_comment(request, comment_id)
    sheet, place = sheet_of(request), comment.thread.published
    urls = addresses(sheet, place.public_id)
    rules = rules_for(place, sheet)
    is_open = rules.is_open(published_at=place.published_at, at=timezone.now())
    name = comment.byline or (comment.author.name if comment.author else "")
    context = {
        "form": form(rules, is_open=is_open, public_id=place.public_id, urls=urls),
        "parent": str(comment.public_id),
        "back": sheet.url(place.path) + "#comments",
        "urls": urls,
    }
    title = _("Reply to %(name)s") % {"name": name or _("A reader")}
    return page(request, "comments/reply.html", title=title, context=context)


@acting(methods=("GET",))
def mine(request: HttpRequest) -> HttpResponse:
    """One's own newest comments on this outlet, and what became of each."""
    reader = find_own(request)
    if reader is None:
        return said(request, _("Sign in to see your comments."), status=403, offers_sign_in=True)
    rows = (
        Comment.objects.filter(author=reader, outlet=sheet_of(request).id)
        .exclude(state__in=[State.DELETED, State.ERASED])
        .select_related("thread__published")
        .order_by("-posted_at", "-pk")[:50]
    )
    now = timezone.now()
    decided = _decisions(reader)
    own = [
        {
            "decision": decided.get(row.pk),
            "comment": row,
            "id": str(row.public_id),
            "headline": row.thread.published.headline,
            "became": what_became(row),
            "may_edit": may_edit(row, at=now),
        }
        for row in rows
    ]
    context = {"own": own, "ban": decided.get(None), "do": sheet_of(request).url("comments/do/")}
    return page(request, "comments/mine.html", title=_("Your comments"), context=context)


def _decisions(reader: Reader) -> dict[int | None, dict[str, Any]]:
    """The newest that still holds on each comment, with its reason; under None that of a ban."""
    rows = (
        Decision.objects.filter(reader=reader, undone_at=None, statement__has_key="restriction")
        .select_related("ban")
        .prefetch_related(Prefetch("appeals", Appeal.objects.filter(report=None)))
        .order_by("at", "pk")
    )
    found: dict[int | None, dict[str, Any]] = {}
    for row in rows:
        objection = next(iter(row.appeals.all()), None)
        found[row.comment_id] = {
            "id": row.pk,
            "why": why_refused(row.reason),
            "words": row.words,
            "objection": objection,
            "objected": objection.get_state_display() if objection else "",
        }
    return found


@acting(admission=small_acts)
def object_to(request: HttpRequest, decision_id: int) -> HttpResponse:
    """An author objects to a decision."""
    reader = find_own(request)
    if reader is None:
        return said(request, _("Sign in to see your comments."), status=403, offers_sign_in=True)
    decision = get_object_or_404(Decision, pk=decision_id, reader=reader)
    back = sheet_of(request).url("comments/do/mine")
    try:
        appeal(
            decision=decision,
            reader=reader,
            words=request.POST.get("words", ""),
            at=timezone.now(),
        )
    except CannotAppeal as cannot:
        return said(request, str(cannot), status=422, back=back)
    words = _("Your objection has arrived. A person will look at it again and tell you.")
    return said(request, words, status=201, back=back)


@acting(admission=posts)
def edit(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    reader = find_own(request)
    if reader is None:
        return said(request, _("Sign in to change your comment."), status=403)
    comment = get_own_comment(request, comment_id, reader)
    writer = find_writer(request, place=comment.thread.published) or Writer(reader, is_proved=True)
    back = sheet_of(request).url("comments/do/mine")
    try:
        comment = edit_comment(
            comment=comment,
            sheet=sheet_of(request),
            writer=writer,
            text=request.POST.get("text", ""),
            at=timezone.now(),
        )
    except NotTaken as error:
        return not_taken(request, error, back=back)
    return said(request, what_became(comment), back=back, more={"state": comment.state})


@acting(admission=small_acts)
def delete(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    reader = find_own(request)
    if reader is None:
        return said(request, _("Sign in to delete your comment."), status=403)
    comment = get_own_comment(request, comment_id, reader)
    delete_comment(comment=comment, reader=reader, at=timezone.now())
    back = sheet_of(request).url("comments/do/mine")
    return said(request, _("Your comment is deleted."), back=back)


@acting(methods=("GET",))
def me(request: HttpRequest) -> HttpResponse:
    """For the script: by which name one would write; nothing for nobody."""
    reader = find_own(request)
    if reader is None:
        return JsonResponse({"name": None})
    return JsonResponse({"name": reader.name or reader.email, "ignored": ignored_by(reader)})
