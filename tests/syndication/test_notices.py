"""robots.txt and security.txt."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest

from masthead.syndication.views.notices import expires

from .newsroom import BASE, NOON, a_page, an_outlet


def fields(response: Any) -> dict[str, str]:
    lines = response.content.decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_robots_are_shown_the_sitemaps_and_kept_from_searches(read: Any, sheet: Any) -> None:
    response = read("robots.txt")

    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert robots.site_maps() == [f"{BASE}/sitemap.xml", f"{BASE}/sitemap-news.xml"]
    assert robots.can_fetch("anybody", f"{BASE}/port/")
    assert not robots.can_fetch("anybody", f"{BASE}/search/?q=x")
    assert not robots.can_fetch("anybody", "http://127.0.0.1:8000/desk/")


def test_security_txt_says_whom_to_tell_and_until_when(read: Any, sheet: Any) -> None:
    response = read(".well-known/security.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields(response) == {
        "Contact": "mailto:desk@courier.example",
        "Expires": "2027-05-01T00:00:00Z",
        "Preferred-Languages": "en",
    }


def test_security_txt_names_its_own_address_on_a_secure_site(client: Any, db: None) -> None:
    an_outlet()
    from masthead.outlets.models import OutletSheet

    row = OutletSheet.objects.get()
    row.data |= {"base": "https://courier.example"}
    row.save()

    response = client.get("/courier/.well-known/security.txt", headers={"host": "127.0.0.1"})

    assert fields(response)["Canonical"] == "https://courier.example/.well-known/security.txt"


def test_without_a_contact_there_is_no_security_txt(read: Any, courier: Any) -> None:
    courier.contact_email = ""
    courier.save_revision().publish()
    a_page(courier, title="Contact", purpose="contact")

    assert read(".well-known/security.txt").status_code == 404


@pytest.mark.parametrize("day", range(0, 366, 30))
def test_security_txt_expires_months_from_now_and_within_a_year(day: int) -> None:
    now = NOON + timedelta(days=day)

    left = expires(now=now) - now

    assert timedelta(days=140) < left < timedelta(days=365)


def test_security_txt_stays_the_same_within_a_month() -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (3, 15, 27)]

    assert len({expires(now=day) for day in days}) == 1
