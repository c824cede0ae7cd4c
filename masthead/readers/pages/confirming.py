"""The link in a confirmation: looking does nothing, its one button does."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from masthead.readers.pages.answering import page, sentence
from masthead.readers.proofs import NoSuchProof, ProofUsed, find_open_proof, prove


# The address is the secret: who knows it may press the button, from whatever page.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Mail scanners look twice, some with a browser of their own; they press nothing."""
    now = timezone.now()
    try:
        if request.method == "POST":
            _reader, done = prove(secret=secret, at=now)
            return page(request, "readers/confirmed.html", _("Confirmed"), done=done)
        proof = find_open_proof(secret=secret, at=now)
    except ProofUsed as used:
        return sentence(request, str(used), _("There is nothing more to do."))
    except NoSuchProof as missing:
        return sentence(request, _("This link no longer works"), str(missing), status=410)
    words = [each["words"] for each in proof.intents]
    return page(request, "readers/confirm.html", _("Is this right?"), words=words)
