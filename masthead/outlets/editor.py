"""The outlet's editor."""

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)

from masthead.outlets.models import Outlet
from masthead.outlets.page_forms import AddressedPageForm


@cache
def outlet_edit_handler() -> Any:
    return TabbedInterface(
        [
            ObjectList(_identity(), heading=_("Identity")),
            ObjectList(_look(), heading=_("Look")),
            ObjectList(
                [InlinePanel("follow_links", heading=_("Follow links"), label=_("Account"))],
                heading=_("Follow"),
            ),
            ObjectList(_address(), heading=_("Address")),
        ],
        base_form_class=AddressedPageForm,
    ).bind_to_model(Outlet)


def _identity() -> list[Any]:
    return [
        TitleFieldPanel(
            "title", heading=_("Name"), placeholder=_("Name"), help_text=_("As readers see it.")
        ),
        FieldPanel("tagline"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("timezone")]),
        FieldPanel("contact_email"),
        FieldPanel("related_from"),
        FieldRowPanel([FieldPanel("legal_name"), FieldPanel("founded_on")]),
    ]


def _look() -> list[Any]:
    colour = forms.TextInput(attrs={"type": "color"})
    return [
        FieldPanel("wordmark"),
        FieldPanel("logo"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("accent", widget=colour), FieldPanel("paper", widget=colour)]
                )
            ],
            heading=_("Light look"),
            help_text=_("The dark look has colours of its own, below: change them as well."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("accent_dark", widget=colour),
                        FieldPanel("paper_dark", widget=colour),
                    ]
                )
            ],
            heading=_("Dark look"),
            help_text=_(
                "What readers see who prefer a dark screen. The accent needs a lighter tone here "
                "to be read."
            ),
        ),
        FieldRowPanel([FieldPanel("headline_face"), FieldPanel("reading_face")]),
    ]


def _address() -> list[Any]:
    return [
        FieldPanel("slug", heading=_("Address")),
        InlinePanel("domains", heading=_("Domains"), label=_("Host name")),
    ]
