"""The first-run form."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.accounts.models import User
from masthead.core.text import short_slug
from masthead.desk.actions import FirstOutlet
from masthead.outlets.choices import language_choices, timezone_choices
from masthead.outlets.models.addressed import RESERVED_BELOW, RESERVED_BESIDE
from masthead.outlets.models.outlet import colour


class FirstRunForm(forms.Form):
    """One page from an empty network to a title one can write for."""

    network = forms.CharField(
        label=gettext_lazy("Name of the network"),
        max_length=80,
        help_text=gettext_lazy("Who publishes your titles. With one title, its name will do."),
    )
    name = forms.CharField(label=gettext_lazy("Name of your first title"), max_length=80)
    sections = forms.CharField(
        label=gettext_lazy("Its sections"),
        max_length=400,
        help_text=gettext_lazy("In order, separated by commas. You can change them later."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=language_choices)
    timezone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=timezone_choices)
    accent = forms.CharField(
        label=gettext_lazy("Accent colour"),
        validators=[colour],
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=gettext_lazy("For kickers, links and the one button that matters."),
    )
    your_name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        help_text=gettext_lazy("As your byline prints it."),
    )
    email = forms.EmailField(label=gettext_lazy("Your e-mail address"))
    password = forms.CharField(
        label=gettext_lazy("A password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "At least twelve characters; a second step, an app on your phone, comes after it."
            " Leave it empty if you will add a passkey instead."
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        kwargs.setdefault("initial", _initial(user))
        super().__init__(*args, **kwargs)
        if not self.is_bound:  # the script offers the zone of whoever sits here
            self.fields["timezone"].widget.attrs["data-own-zone"] = ""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if short_slug(name) in RESERVED_BESIDE:
            raise ValidationError(
                _("“%(name)s” is an address of the program itself; choose another name.")
                % {"name": name}
            )
        return name

    def clean_sections(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["sections"].split(",")]
        names = list(dict.fromkeys(name for name in names if name))
        slugs = [short_slug(name) for name in names]
        if not names:
            raise ValidationError(_("A title needs one section at least."))
        if len(set(slugs)) < len(slugs):
            raise ValidationError(_("Two sections would have the same address."))
        if taken := [n for n, slug in zip(names, slugs, strict=True) if slug in RESERVED_BELOW]:
            raise ValidationError(
                _("“%(name)s” is an address of the program itself; choose another name.")
                % {"name": taken[0]}
            )
        return names

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.user.pk).exists():
            raise ValidationError(_("Somebody else signs in with this address already."))
        return email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, self.user)
        return password

    def first_outlet(self) -> FirstOutlet:
        asked = self.cleaned_data
        return FirstOutlet(
            **{key: asked[key] for key in ("network", "name", "language", "timezone", "accent")},
            sections=asked["sections"],
        )


def _initial(user: User) -> dict[str, Any]:
    return {
        "language": "en",
        "timezone": "UTC",
        "accent": "#9b1c31",
        "sections": ", ".join([_("News"), _("Opinion"), _("Culture")]),
        "your_name": user.get_full_name(),
        "email": "" if user.email.endswith("@localhost") else user.email,
    }
