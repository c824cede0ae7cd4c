"""Google Ad Manager, and any other tag as its seller gives it."""

import json
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masthead.ads.models import Place
from masthead.ads.providers import Document, Provider, Settings, register_provider

GOOGLE_SCRIPT = "https://securepubads.g.doubleclick.net/tag/js/gpt.js"
_UNIT = re.compile(r"/\d{1,15}(?:,\d{1,15})?(?:/[\w.*/\\!<:()-]{1,100}){1,6}\Z")
_HOST = re.compile(r"https://[a-z0-9.-]+\Z")
MOST_CHARACTERS = 10_000


def check_google(settings: Settings) -> None:
    """{"unit": "/123/courier", "sizes": [[300, 250], …]}"""
    sizes = settings.get("sizes")
    is_listed = isinstance(sizes, list) and 0 < len(sizes) <= 10
    if not isinstance(settings.get("unit"), str) or not _UNIT.match(settings["unit"]):
        raise ValidationError(_("Name the ad unit as Google does, for example /1234567/courier."))
    if not is_listed or not all(map(_is_size, sizes or [])):
        raise ValidationError(_("Name the sizes, for example 300x250."))


def _is_size(size: Any) -> bool:
    return (
        isinstance(size, list)
        and len(size) == 2
        and all(type(side) is int and 0 < side <= 2000 for side in size)
    )


def google_document(settings: Settings, place: Place) -> Document:
    """Google's publisher tag with limited ads: it is told that there is no storage."""
    what = json.dumps([settings["unit"], settings["sizes"]]).replace("<", "\\u003c")
    return Document(
        html=(
            f'<div id="place"></div><script async src="{GOOGLE_SCRIPT}"></script><script>'
            "window.googletag=window.googletag||{cmd:[]};googletag.cmd.push(()=>{"
            f"const[u,s]={what};"
            'googletag.defineSlot(u,s,"place").addService(googletag.pubads());'
            "googletag.pubads().setPrivacySettings({limitedAds:true});"
            'googletag.enableServices();googletag.display("place")})</script>'
        ),
        scripts=("https://*.doubleclick.net", "https://*.googlesyndication.com"),
    )


def check_tag(settings: Settings) -> None:
    """{"html": the tag, "scripts": ["https://cdn.seller.example", …]}"""
    html, scripts = settings.get("html"), settings.get("scripts", [])
    if not isinstance(html, str) or not 0 < len(html) <= MOST_CHARACTERS:
        raise ValidationError(_("Paste the tag as its seller gave it to you."))
    if not isinstance(scripts, list) or len(scripts) > 20:
        raise ValidationError(_("Name the addresses that its scripts come from."))
    if not all(isinstance(each, str) and _HOST.match(each) for each in scripts):
        raise ValidationError(_("Scripts come from addresses such as https://cdn.seller.example."))


def tag_document(settings: Settings, place: Place) -> Document:
    return Document(html=settings["html"], scripts=tuple(settings.get("scripts", [])))


def register_providers() -> None:
    register_provider(
        Provider(
            name="google",
            label=gettext_lazy("Google Ad Manager"),
            check=check_google,
            document=google_document,
        )
    )
    register_provider(
        Provider(
            name="tag",
            label=gettext_lazy("A tag of another seller"),
            check=check_tag,
            document=tag_document,
        )
    )
