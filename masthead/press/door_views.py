"""What only the front door asks: to print a page that is missing on the shelf."""

import hmac
import json

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from masthead.press.actions import Outcome, print_anew
from masthead.press.door.printing import token
from masthead.press.own_shelf import own_shelf


@csrf_exempt
@require_POST
def print_page(request: HttpRequest) -> JsonResponse:
    """JSON `{"host", "target", "variant"}` in; `{"shelved": bool}` once that is so."""
    said = request.headers.get("X-Masthead-Door", "")
    if not hmac.compare_digest(said.encode(), token(settings.SECRET_KEY.encode()).encode()):
        raise Http404
    asked = json.loads(request.body)
    outcome = print_anew(
        shelf=own_shelf(),
        host=asked["host"],
        target=asked["target"],
        variant=asked["variant"],
    )
    return JsonResponse({"shelved": outcome is Outcome.SHELVED})
