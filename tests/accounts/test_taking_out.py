"""What was typed is kept without the files that are not the writer's to use."""

import pytest

from masthead.accounts.taking_out import html_without
from masthead.pictures.models import Attachment, Picture


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            '<p>See <a id="7" linktype="document">the <b>plan</b></a>.</p>',
            "<p>See the <b>plan</b>.</p>",
        ),
        ('<embed alt="" embedtype="image" format="left" id="7"/><p>Quay</p>', "<p>Quay</p>"),
        ('<a id="8" linktype="document">ours</a>', '<a id="8" linktype="document">ours</a>'),
        ('<a id="7" linktype="page">a page</a>', '<a id="7" linktype="page">a page</a>'),
        ('<a href="https://a.example/7">there</a>', '<a href="https://a.example/7">there</a>'),
    ],
)
def test_of_a_text_all_but_the_files_is_kept(typed, kept):
    assert html_without(typed, {(Picture, 7), (Attachment, 7)}) == kept
