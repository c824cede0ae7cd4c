"""The bar below the editor offers one next step in full, to each their own."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from masthead.desk.action_bar import in_order
from tests.desk.factory import a_live_article, a_section, an_article, at_desk


def names(*given):
    return [item.name for item in in_order([SimpleNamespace(name=name) for name in given])]


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        (
            ("action-save-draft", "action-publish", "action-submit"),
            ["action-publish", "action-save-draft", "action-submit"],
        ),
        (("action-save-draft", "action-submit"), ["action-submit", "action-save-draft"]),
        (
            ("reject", "approve", "approve", "action-save-draft"),
            ["approve", "action-save-draft", "reject", "approve"],
        ),
        (("action-save-draft", "action-delete"), ["action-save-draft", "action-delete"]),
        (("action-page-locked",), ["action-page-locked"]),
    ],
)
def test_the_next_step_comes_first_and_saving_beside_it(offered, expected):
    assert names(*offered) == expected


def bar(user, url):
    page = at_desk(user).get(url).content.decode()
    foot = page.split('class="desk-bar"')[1].split("</nav>")[0]
    shown, _, more = foot.partition('class="w-dropdown ')
    return shown, more


def edit(article):
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def test_an_editor_publishes_with_the_first_button(courier, ada):
    shown, more = bar(ada, edit(an_article(courier)))

    assert shown.index("action-publish") < shown.index("Save draft")
    assert "action-submit" in more


def test_whoever_may_publish_finds_planning_behind_more(courier, ada, bo):
    article = an_article(courier, owner=bo)

    assert "Publish later …" in bar(ada, edit(article))[1]
    assert "Publish later …" not in "".join(bar(bo, edit(article)))


def test_a_reporter_hands_in_with_the_first_button(courier, bo):
    shown, _more = bar(bo, edit(an_article(courier, owner=bo)))

    assert shown.index("action-submit") < shown.index("Save draft")
    assert "action-publish" not in shown


def test_what_readers_have_is_changed_not_published_anew(courier, ada):
    shown, more = bar(ada, edit(a_live_article(courier)))

    assert "Publish changes" in shown
    assert "Withdraw …" in more


def test_a_section_is_published_and_has_no_copy_desk(courier, fay):
    shown, more = bar(fay, edit(a_section(courier)))

    assert shown.index("action-publish") < shown.index("Save draft")
    assert "action-submit" not in shown + more


def test_a_new_article_is_planned_from_the_same_place(courier, ada, bo):
    url = f"/desk/pages/add/articles/articlepage/{a_section(courier).pk}/"

    page = at_desk(ada).get(url).content.decode()

    assert "Publish later …" in bar(ada, url)[1]
    assert "Publish later …" not in "".join(bar(bo, url))
    assert "The time counts once you choose “Schedule to publish”" in page
