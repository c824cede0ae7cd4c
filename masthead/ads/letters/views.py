"""A link of advertising in an edition: to the advertiser, and counted."""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.ads.letters.counting import count_ad_clicks
from masthead.ads.letters.links import read_ad_token
from masthead.ads.models import Creative
from masthead.articles.models import PublishedArticle
from masthead.newsletters.clicks.counter import counter_for
from masthead.newsletters.clicks.telling_apart import Click, is_machine
from masthead.newsletters.clicks.views import what_it_says
from masthead.outlets.sheet import Sheet
from masthead.press.errors import not_found
from masthead.readers.tokens import NoSuchToken

counter = counter_for(count_ad_clicks)


@require_safe
def follow_ad(request: HttpRequest, token: str) -> HttpResponseBase:
    """
    302 to where the creative leads today, also when its flight is over: the mail is still there.

    A creative that was refused since leads nowhere. Nothing is kept of who asked.
    """
    sheet = cast(Sheet, request.sheet)  # type: ignore[attr-defined]
    try:
        edition_id, creative_id = read_ad_token(token)
    except NoSuchToken as error:
        return not_found(request, error)
    creative = Creative.objects.filter(pk=creative_id, state=Creative.State.APPROVED).first()
    to = _leads_to(creative, sheet) if creative else ""
    if not to:
        return not_found(request)
    asked = what_it_says(request)
    client = counter.client(request.META.get("REMOTE_ADDR", ""), asked.agent)
    # As clicks on articles are told apart: the edition stands for the copy, of which one only has
    # advertising.
    counter.add(Click(edition_id, creative_id, client, timezone.now(), is_machine(asked)))
    answer = HttpResponse(status=302)
    answer["Location"] = to
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _leads_to(creative: Creative, sheet: Sheet) -> str:
    if creative.link:
        return creative.link
    row = PublishedArticle.objects.filter(outlet=sheet.id, article=creative.article_id)
    path = row.order_by("pk").values_list("path", flat=True).first()
    return sheet.absolute(path) if path else ""
