"""The list below an article in the desk: why each is there, pinning and banning."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from masthead.articles.models import ArticlePage
from masthead.publishing.views import get_article_for
from masthead.related.desk import banned_below, find_to_pin, lines_below
from masthead.related.picks import PickError, ban_article, pin_article, take_pick_back

MOST_TYPED = 120


@require_safe
def index(request: HttpRequest, page_id: int) -> HttpResponse:
    article = get_article_for(request, page_id, to_publish=True)
    typed = " ".join(request.GET.get("q", "").split())[:MOST_TYPED]
    lines = lines_below(article)
    context = {
        "article": article,
        "shown": [line for line in lines if line.is_shown],
        "reserve": [line for line in lines if not line.is_shown],
        "banned": banned_below(article),
        "typed": typed,
        "found": find_to_pin(article, words=typed) if typed else [],
    }
    return render(request, "related/index.html", context)


@require_POST
def pin(request: HttpRequest, page_id: int, other_id: int) -> HttpResponse:
    return _act(request, page_id, other_id, pin_article, _("“%(headline)s” is pinned."))


@require_POST
def ban(request: HttpRequest, page_id: int, other_id: int) -> HttpResponse:
    return _act(request, page_id, other_id, ban_article, _("“%(headline)s” is banned."))


@require_POST
def take_back(request: HttpRequest, page_id: int, other_id: int) -> HttpResponse:
    words = _("“%(headline)s” stands there by its score again, or not at all.")
    return _act(request, page_id, other_id, take_pick_back, words)


def _act(
    request: HttpRequest, page_id: int, other_id: int, act: Callable[..., None], words: str
) -> HttpResponse:
    article = get_article_for(request, page_id, to_publish=True)
    # Headlines of drafts elsewhere are nobody's business: only what was public is found.
    other = get_object_or_404(ArticlePage, pk=other_id)
    if not other.versions.exists():
        raise Http404
    try:
        act(article=article, other=other, by=request.user, at=timezone.now())
    except PickError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words % {"headline": other.title})
    return redirect("related:index", article.pk)
