"""What the desk asks of an account."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.articles.models import Kind
from masthead.outlets.models import Outlet
from masthead.outlets.networks import NETWORKS as FOLLOWED
from masthead.outlets.networks import BadAccount, account_from
from masthead.outlets.sheet import Sheet
from masthead.posting.documents import find_keeper
from masthead.posting.models import Account, Mode
from masthead.posting.networks import find_network
from masthead.posting.terms import Terms

SECRETS = {
    "access_token": gettext_lazy("Access token"),
    "app_password": gettext_lazy("App password"),
    "bot_token": gettext_lazy("Bot token"),
    "page_token": gettext_lazy("Access token of the page"),
    "organization": gettext_lazy("Number of the organisation"),
    "consumer_key": gettext_lazy("Consumer key"),
    "consumer_secret": gettext_lazy("Consumer secret"),
    "user_token": gettext_lazy("Access token of the user"),
    "user_token_secret": gettext_lazy("Secret of that token"),
    "refresh_token": gettext_lazy("Refresh token"),
    "client_id": gettext_lazy("Client ID of the app"),
    "client_secret": gettext_lazy("Client secret of the app"),
    "signing_secret": gettext_lazy("Signing secret"),
}


class AccountForm(forms.Form):
    """For one network: only what that network needs is asked."""

    handle = forms.CharField(label=gettext_lazy("Account"), max_length=200)
    server = forms.CharField(
        label=gettext_lazy("Server"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only when it is not the one in the account's name."),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("When an article is published"), choices=Mode.choices
    )
    budget_cents = forms.IntegerField(
        label=gettext_lazy("Budget a month, in US cents"), min_value=0, max_value=10_000_000
    )
    documents = forms.BooleanField(
        label=gettext_lazy("Keep a record of each article"),
        required=False,
        help_text=gettext_lazy(
            "Programs that collect articles (standard.site) find them by it. It is changed with "
            "the article, and deleted when the article is withdrawn."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of articles"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all of them."),
    )
    sections = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Sections"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all of them."),
    )

    def __init__(
        self,
        *args: Any,
        outlet: Outlet,
        sheet: Sheet | None,
        terms: Terms,
        account: Account | None = None,
        **kwargs: Any,
    ) -> None:
        self.outlet, self.terms, self.account = outlet, terms, account
        kwargs.setdefault("initial", _initial(account) if account else _at_first(outlet))
        super().__init__(*args, **kwargs)
        sections = sheet.sections if sheet else []
        self.fields["sections"].choices = [(s.id, s.name) for s in sections]  # type: ignore[attr-defined]
        if not terms.has_server:
            del self.fields["server"]
        network = find_network(terms.key)
        if network is None or not network.keeps_documents:
            del self.fields["documents"]
        if not terms.costs:
            del self.fields["budget_cents"]
        known = FOLLOWED.get(terms.key)
        if known and known.account_hint:
            self.fields["handle"].help_text = _("Like this: %(hint)s") % {
                "hint": known.account_hint
            }
        self._add_secrets()

    def _add_secrets(self) -> None:
        names = list(self.fields)
        stays = _("Empty: the one there is stays.") if self.account else ""
        for name in self.terms.all_secrets:
            is_more = name in self.terms.more_secrets
            self.fields[name] = forms.CharField(
                label=SECRETS[name],
                max_length=4000,
                required=self.account is None and not is_more,
                strip=True,
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
                help_text=stays or (_("So that the key is renewed by itself.") if is_more else ""),
            )
        after = 2 if "server" in names else 1
        self.order_fields([*names[:after], *self.terms.all_secrets, *names[after:]])

    def clean_handle(self) -> str:
        handle: str = self.cleaned_data["handle"]
        network = FOLLOWED.get(self.terms.key)
        if network is None or not network.takes_account:
            return handle
        try:
            return account_from(network, handle)
        except BadAccount as error:
            raise forms.ValidationError(str(error)) from error

    def clean_server(self) -> str:
        given = self.cleaned_data["server"].rstrip("/")
        if not given:
            return ""
        parts = urlsplit(given if "://" in given else f"https://{given}")
        if parts.scheme != "https" or not parts.hostname or parts.path or parts.query:
            raise forms.ValidationError(
                _("Write the server's address alone, e.g. https://social.example.")
            )
        return f"https://{parts.netloc}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.terms.has_server and not cleaned.get("server"):
            host = cleaned.get("handle", "").rpartition("@")[2]
            cleaned["server"] = self.terms.base or (f"https://{host}" if "." in host else "")
            if not cleaned["server"] and "handle" in cleaned:
                self.add_error("server", _("Say on which server the account is."))
        if self.account and self._moves_to(cleaned.get("server", "")):
            for name in self.terms.secrets:
                if not cleaned.get(name):
                    self.add_error(name, _("For another server it has to be entered again."))
        return cleaned

    def _moves_to(self, server: str) -> bool:
        """What the former server was trusted with is not sent to another."""
        return bool(self.account and self.terms.has_server and self.account.server != server)

    @property
    def secrets(self) -> dict[str, str] | None:
        """All that were typed; None when none was, so that those there are stay."""
        typed = {name: self.cleaned_data[name] for name in self.terms.all_secrets}
        given = {name: value for name, value in typed.items() if value}
        if not given:
            return None if self.account else {}
        if self.account is None or len(given) == len(typed):
            return given
        return {**self.account.secrets, **given}

    def clean_documents(self) -> bool:
        wanted: bool = self.cleaned_data["documents"]
        keeper = find_keeper(self.outlet.pk) if wanted else None
        if keeper is not None and keeper != self.account:
            words = _("%(account)s keeps them already; only one account of an outlet does.")
            raise forms.ValidationError(words % {"account": keeper})
        return wanted

    @property
    def settings(self) -> dict[str, Any]:
        names = ("handle", "server", "mode", "budget_cents", "kinds", "sections")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def _at_first(outlet: Outlet) -> dict[str, Any]:
    return {"mode": Mode.ASK, "documents": find_keeper(outlet.pk) is None}


def _initial(account: Account) -> dict[str, Any]:
    names = ("handle", "server", "mode", "budget_cents", "kinds", "sections")
    shown = {name: getattr(account, name) for name in names}
    return shown | {"documents": account.keeps_documents}
