"""An article's public record in the desk: versions, comparing them, withdrawing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from masthead.accounts.rules import may_see
from masthead.articles.models import ArticlePage
from masthead.publishing.actions import ReleaseError, withdraw_article
from masthead.publishing.comparing import differences
from masthead.publishing.forms import WithdrawForm
from masthead.publishing.models import Version
from masthead.publishing.queries import releases_of
from masthead.publishing.rules import may_publish


def get_article_for(
    request: HttpRequest, article_id: int, *, to_publish: bool = False
) -> ArticlePage:
    """The article, for those in whose part of the network it is. Raises Http404."""
    article = get_object_or_404(ArticlePage, pk=article_id)
    allowed = may_publish if to_publish else may_see
    if not allowed(request.user, article):  # type: ignore[arg-type]
        raise Http404
    return article


@require_safe
def versions(request: HttpRequest, page_id: int) -> HttpResponse:
    article = get_article_for(request, page_id)
    releases = list(releases_of(article.pk))
    numbers = sorted({r.version.number for r in releases if r.version}, reverse=True)
    context = {
        "article": article,
        "releases": releases,
        "numbers": numbers,
        "newest_two": numbers[:2] if len(numbers) > 1 else [],
    }
    return render(request, "publishing/versions.html", context)


@require_safe
def compare(request: HttpRequest, page_id: int) -> HttpResponse:
    article = get_article_for(request, page_id)
    before = _asked_version(request, article, "before")
    after = _asked_version(request, article, "after")
    context = {
        "article": article,
        "before": before,
        "after": after,
        "differences": differences(before=before.snapshot, after=after.snapshot),
    }
    return render(request, "publishing/compare.html", context)


def _asked_version(request: HttpRequest, article: ArticlePage, name: str) -> Version:
    asked = request.GET.get(name, "")
    if not asked.isdecimal() or len(asked) > 6:
        raise Http404
    return get_object_or_404(Version.objects.select_related("by"), article=article, number=asked)


def withdraw(request: HttpRequest, page_id: int) -> HttpResponse:
    article = get_article_for(request, page_id, to_publish=True)
    if article.first_published_at is None:
        messages.error(request, _("Readers have not seen this article; nothing is withdrawn."))
        return redirect("wagtailadmin_pages:edit", article.pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_article(
                article=article,
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except ReleaseError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("“%(headline)s” is withdrawn.") % {"headline": article.title}
            )
        return redirect("wagtailadmin_pages:edit", article.pk)
    return render(request, "publishing/withdraw.html", {"article": article, "form": form})
