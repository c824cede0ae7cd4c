"""Networks of an outlet: connect an account, change it, test it, pause it, disconnect it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.outlets.queries import find_sheet_of
from masthead.posting.actions import accounts as actions
from masthead.posting.actions.documents import KeptElsewhere, keep_documents
from masthead.posting.desk.doorways import get_account, get_outlet, outlets_to_post_for
from masthead.posting.forms import AccountForm
from masthead.posting.models import Account
from masthead.posting.networks import find_network
from masthead.posting.queries import accounts_of, for_people, posts_of, spent_cents
from masthead.posting.rules import may_connect
from masthead.posting.terms import TERMS

LATEST = 10


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """With one outlet there is nothing to choose."""
    outlets = outlets_to_post_for(request.user)
    if not outlets:
        raise PermissionDenied
    if len(outlets) == 1:
        return redirect("networks:outlet", outlets[0].slug)
    return render(request, "posting/index.html", {"outlets": outlets})


@require_safe
def outlet(request: HttpRequest, outlet: str) -> HttpResponse:
    title = get_outlet(request.user, outlet)
    now = timezone.now()
    accounts = list(accounts_of(title.pk))
    for account in accounts:
        account.spent = spent_cents(account, at=now) if account.terms.costs else None  # type: ignore[attr-defined]
        account.can_test = find_network(account.network) is not None  # type: ignore[attr-defined]
    sheet = find_sheet_of(outlet_id=title.pk)
    context = {
        "outlet": title,
        "sheet": sheet,
        "outlets": outlets_to_post_for(request.user),
        "accounts": accounts,
        "may_connect": may_connect(request.user, title),
        "networks": TERMS.values(),
        "for_people": for_people(title.pk).count(),
        "latest": posts_of(title.pk)[:LATEST],
    }
    return render(request, "posting/outlet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: HttpRequest, outlet: str, network: str) -> HttpResponse:
    title = get_outlet(request.user, outlet, to_connect=True)
    if network not in TERMS:
        raise Http404
    form = AccountForm(
        request.POST or None,
        outlet=title,
        sheet=find_sheet_of(outlet_id=title.pk),
        terms=TERMS[network],
    )
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.connect_account(
                outlet=title,
                network=network,
                secrets=form.secrets or {},
                by=request.user,  # type: ignore[arg-type]  # the desk has nobody anonymous
                at=timezone.now(),
                **form.settings,
            )
            _keep_documents(account, form)
        except (actions.AccountRefusal, KeptElsewhere) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _tested(request, account, title.slug)
    return render(request, "posting/account.html", {"outlet": title, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, outlet: str, account_id: int) -> HttpResponse:
    account = get_account(request.user, outlet, account_id)
    form = AccountForm(
        request.POST or None,
        outlet=account.outlet,
        sheet=find_sheet_of(outlet_id=account.outlet_id),
        terms=account.terms,
        account=account,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_account(
                account=account,
                secrets=form.secrets,
                by=request.user,  # type: ignore[arg-type]
                **form.settings,
            )
            _keep_documents(account, form)
        except (actions.AccountRefusal, KeptElsewhere) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("networks:outlet", outlet)
    context = {"outlet": account.outlet, "form": form, "account": account}
    return render(request, "posting/account.html", context)


def _keep_documents(account: Account, form: AccountForm) -> None:
    if "documents" in form.fields:
        wanted = form.cleaned_data["documents"]
        keep_documents(account=account, wanted=wanted, at=timezone.now())


@require_POST
def test(request: HttpRequest, outlet: str, account_id: int) -> HttpResponse:
    return _tested(request, get_account(request.user, outlet, account_id), outlet)


def _tested(request: HttpRequest, account: Account, slug: str) -> HttpResponse:
    if find_network(account.network) is None:
        messages.success(request, _("Connected. What is to be posted there waits for a person."))
        return redirect("networks:outlet", slug)
    try:
        name = actions.check_account(account=account, at=timezone.now())
    except actions.AccountRefusal as refusal:
        words = _("%(account)s does not work yet: %(reason)s")
        messages.error(request, words % {"account": account, "reason": refusal})
    else:
        words = _("The connection works: %(network)s knows us as %(name)s.")
        messages.success(request, words % {"network": account.label, "name": name})
    return redirect("networks:outlet", slug)


def _acting(act: Callable[..., None], done: str | Promise) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: HttpRequest, outlet: str, account_id: int) -> HttpResponse:
        account = get_account(request.user, outlet, account_id)
        act(account=account, by=request.user, at=timezone.now())
        messages.success(request, str(done) % {"account": account})
        return redirect("networks:outlet", outlet)

    return view


pause = _acting(actions.pause_account, gettext_lazy("%(account)s is paused."))
resume = _acting(actions.resume_account, gettext_lazy("%(account)s posts again."))
disconnect = _acting(actions.disconnect_account, gettext_lazy("%(account)s is disconnected."))
