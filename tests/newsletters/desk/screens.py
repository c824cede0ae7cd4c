"""Where the screens are, and what one types into them."""

import json

from django.urls import reverse


def url(name, *args):
    return reverse(f"newsletters:{name}", args=["courier", *args])


def arrange(desk, edition, blocks, **lines):
    body = {"subject": "Subject", "preheader": "", "blocks": blocks} | lines
    return desk.post(url("arrange", edition.pk), json.dumps(body), content_type="application/json")


def said(desk, address):
    return [str(each) for each in desk.get(address).context["messages"]]
