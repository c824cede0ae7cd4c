"""Forms of the People screens. Places and roles offered are the ones the user may give."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from masthead.accounts import queries, rules
from masthead.accounts.grants import OUTLET_DEPTH
from masthead.accounts.models import Role, User


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, place: Page) -> str:
        if place.depth == 1:
            return str(_("The whole network"))
        return f"{'– ' * (place.depth - 2)}{place.title}"


class RoleForm(forms.Form):
    """A role and the place it is for."""

    role = forms.ChoiceField(label=_("Role"))
    place = PlaceField(
        label=_("Place"), queryset=Page.objects.none(), empty_label=_("Choose a place")
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = rules.roles_to_give(by)
        role, place = self.fields["role"], self.fields["place"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(place, PlaceField)
        role.choices = [(each.value, each.label) for each in roles]
        role.initial = Role.REPORTER.value
        place.queryset = _places(by)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        place = cleaned.get("place")
        if cleaned.get("role") == Role.OWNER and place is not None and place.depth != 1:
            self.add_error("place", _("An owner owns the whole network."))
        is_narrow = place is not None and place.depth > OUTLET_DEPTH
        if cleaned.get("role") == Role.MODERATOR and is_narrow:
            self.add_error("place", _("A moderator looks after a whole title."))
        return cleaned


class InvitationForm(RoleForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    field_order = ["name", "email", "role", "place"]


def _places(by: User) -> Any:
    """Network, outlets and sections; an article is no place to work in."""
    return queries.places_managed_by(by).filter(pk__in=_pks_of_places(by))


def _pks_of_places(by: User) -> list[int]:
    candidates = queries.places_managed_by(by).filter(depth__lte=4)
    return [
        page.pk
        for page in candidates
        if page.depth == 1 or (page.specific_class and page.specific_class.allowed_subpage_models())
    ]
