"""A link in an edition: to the article on our own host, and counted."""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.articles.models import PublishedArticle
from masthead.newsletters.clicks.actions import count_clicks
from masthead.newsletters.clicks.counter import counter_for
from masthead.newsletters.clicks.telling_apart import Asked, Click, is_machine
from masthead.newsletters.clicks.tokens import read_click
from masthead.outlets.sheet import Sheet
from masthead.press.errors import not_found
from masthead.readers.tokens import NoSuchToken

counter = counter_for(count_clicks)


@require_safe
def follow_click(request: HttpRequest, token: str) -> HttpResponseBase:
    """
    302 to the article's address on this outlet, withdrawn or not: that page says so itself.

    One query. Nothing is kept of who asked; the answer is for them alone.
    """
    sheet = cast(Sheet, request.sheet)  # type: ignore[attr-defined]
    try:
        copy_id, article_id = read_click(token)
    except NoSuchToken as error:
        return not_found(request, error)
    row = PublishedArticle.objects.filter(outlet=sheet.id, article=article_id).only("path").first()
    if row is None:
        return not_found(request)
    asked = what_it_says(request)
    client = counter.client(request.META.get("REMOTE_ADDR", ""), asked.agent)
    counter.add(Click(copy_id, article_id, client, timezone.now(), is_machine(asked)))
    answer = HttpResponse(status=302)
    answer["Location"] = sheet.absolute(row.path)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def what_it_says(request: HttpRequest) -> Asked:
    headers = request.headers
    purposes = (headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return Asked(
        method=request.method or "",
        agent=headers.get("User-Agent", "")[:300],
        language=headers.get("Accept-Language", ""),
        mode=headers.get("Sec-Fetch-Mode", ""),
        purpose=next(filter(None, purposes), ""),
    )
