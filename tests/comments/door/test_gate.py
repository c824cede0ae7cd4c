"""Who is told to wait at the door, how, and what they get back."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from masthead.comments.door.gate import AT_ONCE, BY_ACT, MOST_WAITING, CommentsGate
from masthead.comments.door.leaves import ACTION, KEPT, PAGE, SAID, WORDS, Leaves
from masthead.press.door.events import Post, Reply
from masthead.press.door.memory import Held
from masthead.press.shelf import Page, compress
from tests.press.door.shelving import a_page

FORM = (b"content-type", b"application/x-www-form-urlencoded")
HERE = (b"sec-fetch-site", b"same-origin")
SCRIPT = (b"accept", b"application/json")
TYPED = b"article=7&text=%0AShips+%3Cb%3E+%26+tea&client_id=a1"


def a_post(
    path: str = "/courier/comments/do/write",
    *,
    lines: Iterable[tuple[bytes, bytes]] = (FORM, HERE),
    body: bytes = TYPED,
    reader: int = 7,
) -> Post:
    return Post("127.0.0.1", path, tuple(lines), body, reader, 1_000.0)


def a_gate(pages: dict[str, str] | None = None) -> CommentsGate:
    def find(host: str, root: str, rest: str) -> Held | None:
        text = (pages or {}).get(rest)
        return None if text is None else Held(_printed(text), stale_since=0.0)

    return CommentsGate(Leaves(find))


def _printed(text: str) -> Page:
    return replace(a_page(), bodies=compress(text.encode()))


def refused(gate: CommentsGate, post: Post, *, most: int = 200) -> Reply:
    """The first no, after as many as are let in and have left."""
    for _ in range(most):
        reply = gate.let_in(post)
        if reply is not None:
            return reply
        gate.left()
    raise AssertionError("Everybody is let in.")


@pytest.mark.parametrize(
    ("path", "is_taken"),
    [
        ("/courier/comments/do/write", True),
        ("/comments/do/write", True),
        ("/courier/comments/do/report/0190", True),
        ("/courier/comments/do/reply/0190", False),  # a form that is only looked at
        ("/courier/comments/do/", False),
        ("/a/b/comments/do/write", False),
        ("/courier/port/bridge/", False),
    ],
)
def test_which_posts_are_the_gates(path: str, is_taken: bool) -> None:
    assert a_gate().takes(path) == is_taken


def test_one_household_is_refused_before_it_takes_the_place_of_others() -> None:
    gate, other = a_gate(), a_post(reader=8)

    reply = refused(gate, a_post(reader=7))

    assert (reply.status, dict(reply.lines)[b"retry-after"]) == (429, b"6")
    assert gate.turned_away(a_post(reader=7)) is not None
    assert gate.turned_away(other) is None
    assert gate.let_in(other) is None


def test_one_customers_many_households_do_not_take_everybodys_place() -> None:
    gate, network, other = a_gate(), 77 << 64, 78 << 64

    let_in = [gate.let_in(a_post(reader=network | number)) is None for number in range(40)]

    assert sum(let_in) == 20
    assert gate.turned_away(a_post(reader=network | 5_000)) is not None
    assert gate.let_in(a_post(reader=other | 1)) is None


def test_all_together_are_told_to_wait_and_looking_takes_nothing() -> None:
    gate = a_gate()
    let_in = 0
    for number in range(200):
        assert (gate.turned_away(a_post(reader=9_999)) is None) == (let_in < 40)
        if gate.let_in(a_post(reader=number)) is None:
            gate.left()
            let_in += 1

    assert let_in == 40


def test_whoever_is_inside_too_long_keeps_others_waiting_outside() -> None:
    gate = a_gate()
    path = "/courier/comments/do/respect/0190"  # of these a hundred may come at once

    waiting = [gate.let_in(a_post(path, reader=each)) for each in range(AT_ONCE + MOST_WAITING)]
    full = gate.let_in(a_post(path, reader=777))
    gate.left()

    assert waiting == [None] * (AT_ONCE + MOST_WAITING)
    assert full is not None
    assert gate.let_in(a_post(path, reader=777)) is None


PRINTED = {
    PAGE: f'<h1>{SAID}Warten</span></h1><form action="{ACTION}">{KEPT}</form>',
    WORDS: json.dumps({"busy": "Bitte warten & lesen.", "away": "Später.", "typed": "Ihr Text"}),
}
AGAIN = (
    '<input type="hidden" name="article" value="7">'
    '<label class="comment-form__wide">{label}'
    '<textarea name="text" rows="6" dir="auto">\n\nShips &lt;b&gt; &amp; tea</textarea></label>'
    '<input type="hidden" name="client_id" value="a1">'
)


def test_without_a_script_what_was_typed_comes_back_in_the_titles_own_page() -> None:
    reply = a_gate(PRINTED).away(a_post())

    assert (reply.status, dict(reply.lines)[b"content-type"]) == (503, b"text/html; charset=utf-8")
    assert b"cache-control" not in dict(reply.lines)
    assert reply.body.decode() == (
        '<h1>Später.</h1><form action="/courier/comments/do/write">'
        f"{AGAIN.format(label='Ihr Text')}</form>"
    )


def test_before_that_page_is_printed_a_plain_one_stands_in() -> None:
    page = a_gate().away(a_post()).body.decode()

    assert AGAIN.format(label="What you wrote") in page
    assert '<form method="post" action="/courier/comments/do/write">' in page


def test_a_script_is_told_in_a_sentence_and_keeps_the_text_itself() -> None:
    reply = a_gate(PRINTED).away(a_post(lines=(SCRIPT, HERE)))

    assert json.loads(reply.body) == {"said": "Später.", "wait": 5}


@pytest.mark.parametrize(
    "lines",
    [
        (FORM, (b"sec-fetch-site", b"cross-site")),
        (FORM, (b"origin", b"https://evil.example")),
        (FORM, (b"origin", b"null")),
        (FORM, (b"origin", b"http://[")),
        ((b"content-type", b"multipart/form-data; boundary=x"), HERE),
    ],
)
def test_what_another_site_sent_is_not_shown(lines: tuple[tuple[bytes, bytes], ...]) -> None:
    assert b"Ships" not in a_gate(PRINTED).away(a_post(lines=lines)).body


def test_the_door_goes_by_the_terms_of_the_program() -> None:
    from masthead.comments import admission, urls

    named = {each: name for name, each in vars(admission).items() if name in admission.TERMS}
    found = {}
    for pattern in urls.urlpatterns:
        act = str(pattern.pattern).removeprefix("do/").partition("/")[0]
        terms = getattr(pattern.callback, "admission", None)
        if terms is not None:
            found[act] = named[terms]

    assert found == BY_ACT
