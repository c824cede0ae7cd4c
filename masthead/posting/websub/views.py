"""The hub's one address, asked by programs."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from masthead.posting.websub.hub import BadWish, TooManyWishes, take_wish

PLAIN = "text/plain; charset=utf-8"


@csrf_exempt  # programs have no session here, and nothing is done in anybody's name
@require_POST
def hub(request: HttpRequest) -> HttpResponse:
    """202: it will be proved. 400: it is no wish, with the reason. 429: too many."""
    try:
        take_wish(
            asked=request.POST.dict(), asker=request.META.get("REMOTE_ADDR", ""), at=timezone.now()
        )
    except BadWish as bad:
        return HttpResponse(str(bad), status=400, content_type=PLAIN)
    except TooManyWishes as many:
        answer = HttpResponse(str(many), status=429, content_type=PLAIN)
        answer["Retry-After"] = "60"
        return answer
    return HttpResponse(status=202, content_type=PLAIN)
