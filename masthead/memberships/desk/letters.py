"""The texts of letters, by outlet."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.memberships import lettering
from masthead.memberships.desk.doorways import get_outlet, refuse_others
from masthead.memberships.lettering import KINDS
from masthead.memberships.models import LetterText
from masthead.memberships.rules import outlets_to_offer_on
from masthead.outlets.models import Outlet
from masthead.outlets.queries import get_sheet

MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


class TextForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=150)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=lettering.MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("An empty line begins a new paragraph; addresses become links."),
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """With one outlet there is nothing to choose."""
    refuse_others(request)
    outlets = outlets_to_offer_on(request.user)
    if not outlets:
        raise PermissionDenied
    return redirect("memberships:letters-of", outlets[0].slug)


@require_safe
def outlet(request: HttpRequest, outlet: str) -> HttpResponse:
    title = get_outlet(request, outlet)
    own = {each.kind: each for each in LetterText.objects.filter(outlet=title)}
    context = {
        "outlet": title,
        "outlets": outlets_to_offer_on(request.user),
        "letters": [
            {"kind": kind, "label": each.label, "own": own.get(kind)}
            for kind, each in KINDS.items()
        ],
    }
    return render(request, "memberships/desk/letters.html", context)


def _known(request: HttpRequest, outlet: str, kind: str) -> Outlet:
    if kind not in KINDS:
        raise Http404
    return get_outlet(request, outlet)


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, outlet: str, kind: str) -> HttpResponse:
    by, title = refuse_others(request), _known(request, outlet, kind)
    own = LetterText.objects.filter(outlet=title, kind=kind).first()
    subject, text = lettering.our_text(kind=kind, sheet=get_sheet(outlet_id=title.pk))
    initial = {"subject": own.subject if own else subject, "text": own.text if own else text}
    form = TextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            lettering.keep_text(outlet=title, kind=kind, by=by, at=timezone.now(), **given)
        except lettering.TextRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. Letters from now on say this."))
            return redirect("memberships:letter", outlet, kind)
    context = {
        "outlet": title,
        "kind": kind,
        "label": KINDS[kind].label,
        "may": [f"{{{name}}}" for name in KINDS[kind].may],
        "own": own,
        "form": form,
    }
    return render(request, "memberships/desk/letter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@xframe_options_sameorigin
def preview(request: HttpRequest, outlet: str, kind: str) -> HttpResponse:
    """The mail, as it would be with what stands in the form; GET: with what is kept."""
    title = _known(request, outlet, kind)
    sheet = get_sheet(outlet_id=title.pk)
    own = LetterText.objects.filter(outlet=title, kind=kind).first()
    ours = lettering.our_text(kind=kind, sheet=sheet)
    subject, text = (own.subject, own.text) if own else ours
    if request.method == "POST":
        subject = request.POST.get("subject", "")[:150]
        text = request.POST.get("text", "")[: lettering.MOST_CHARACTERS]
    values = {name: str(value) for name, value in KINDS[kind].may.items()}
    try:
        lettering.check(kind=kind, subject=subject, text=text)
    except lettering.TextRefusal as refusal:
        return _shown(render(request, "memberships/desk/letter_refused.html", {"why": refusal}))
    mail = lettering.print_own(subject=subject, text=text, sheet=sheet, values=values)
    return _shown(HttpResponse(mail.html))


def _shown(answer: HttpResponse) -> HttpResponse:
    answer["Content-Security-Policy"] = MAIL_POLICY
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def default(request: HttpRequest, outlet: str, kind: str) -> HttpResponse:
    by, title = refuse_others(request), _known(request, outlet, kind)
    lettering.put_back(outlet=title, kind=kind, by=by)
    messages.success(request, _("This letter says what ours say."))
    return redirect("memberships:letter", outlet, kind)
