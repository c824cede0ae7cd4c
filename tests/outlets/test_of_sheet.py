"""Pieces of pages that are rendered once for each sheet."""

from dataclasses import replace

from django.utils import translation

from masthead.outlets.models import Outlet, OutletSheet
from masthead.outlets.of_sheet import render_of_sheet
from masthead.outlets.queries import get_sheet, sheets

FOOTER = "outlets/partials/footer_last.html"


def test_a_piece_is_kept_as_long_as_the_sheet_says_the_same(courier: Outlet) -> None:
    sheet = get_sheet(outlet_id=courier.pk)

    first = render_of_sheet(FOOTER, sheet)

    assert render_of_sheet(FOOTER, get_sheet(outlet_id=courier.pk)) is first
    assert "The Night Courier" in render_of_sheet(FOOTER, replace(sheet, name="The Night Courier"))


def test_a_piece_is_kept_for_each_language(courier: Outlet) -> None:
    sheet = get_sheet(outlet_id=courier.pk)
    with translation.override("en"):
        english = render_of_sheet(FOOTER, sheet)

    with translation.override("ar"):
        arabic = render_of_sheet(FOOTER, sheet)

    assert english != arabic


def test_a_sheet_is_read_anew_though_the_clock_stood_still(courier: Outlet) -> None:
    row = OutletSheet.objects.get(outlet=courier)
    before = sheets()

    row.data["tagline"] = "Another one"
    row.save()

    assert sheets()[0] == replace(before[0], tagline="Another one")
