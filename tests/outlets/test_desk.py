"""Publishing an outlet and what is in it leads back to the outlets, not into Wagtail's tree."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from masthead.accounts.models import OutletFiles
from masthead.outlets.wagtail_hooks import back_to_the_outlets
from tests.factories import an_article


@pytest.fixture
def asked():
    request = RequestFactory().post("/desk/")
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def test_after_an_outlet_the_list_of_outlets_says_what_readers_have(courier, asked):
    answer = back_to_the_outlets(asked, courier)

    assert answer.url == "/desk/outlets/"
    assert [
        "Readers have “The Harbour Courier” as it is here." in str(said)
        for said in get_messages(asked)
    ] == [True]


def test_a_new_outlet_has_its_collection_of_files_by_then(courier, asked):
    OutletFiles.objects.all().delete()

    back_to_the_outlets(asked, courier)

    assert OutletFiles.objects.get().outlet_id == courier.pk


def test_after_a_section_its_outlets_sections_are_shown(courier, port, asked):
    assert back_to_the_outlets(asked, port).url == f"/desk/pages/{courier.pk}/"


def test_articles_are_told_of_elsewhere(port, asked):
    assert back_to_the_outlets(asked, an_article(port)) is None
