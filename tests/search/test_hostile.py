"""Whatever is typed into the readers' search box, either database answers it with a page."""

from urllib.parse import quote

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masthead.outlets.queries import get_sheet
from masthead.search.asked import ask
from masthead.search.queries import find_matches
from masthead.search.query import read_query
from tests.factories import NETWORK, a_section, an_outlet
from tests.search.conftest import indexed

pytestmark = pytest.mark.django_db
QUOTED = [
    '"',
    '""',
    '""" -"',
    "'",
    "''",
    "`",
    '"night',
    'night"',
    '"night" "trial',
    "“night”",
    "«night",
]
OPERATORS = [
    "_",
    "*",
    "night*",
    "*night",
    "n*t",
    "-",
    "--",
    "-night",
    "- night",
    "+night",
    "^night",
    "night^2",
    "night~1",
    "night OR trial",
    "night AND",
    "NOT night",
    "NOT",
    "AND",
    "OR",
    "NEAR(night trial)",
    "NEAR/5",
    "(night",
    "night)",
    "((((",
    "{night}",
    "[night]",
    "headline:night",
    "stems_body:night",
    "{marks}: o1",
    "¦o1",
    "night ¦o1",
    "marks : night",
    "night & trial",
    "night | trial",
    "!night",
    "!!",
    "night <-> trial",
    "night:*",
    "night:A",
    "' & !( <-> :*",
    "&&",
    "\\",
    "\\'",
    "night\\",
    ":",
    "rank:bm25",
    "search_index",
    "%",
    "%%",
    "%s",
    "%(q)s",
    "?",
    "$1",
    "{}",
    "{0}",
    "{{ 7*7 }}",
    "${7}",
]
SQL = [
    "night* OR 1=1;--",
    "a'; DROP TABLE search_searchentry; --",
    "' OR '1'='1",
    '" OR "1"="1',
    "') UNION SELECT 1 --",
    "1; SELECT pg_sleep(10)",
    "/* night */",
    "'); DELETE FROM auth_user; --",
]
HTML = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><script>",
    "&lt;b&gt;",
    "javascript:alert(1)",
    "<mark>",
    "<!--",
    "]]>",
    "\r\nSet-Cookie: a=b",
]
# PostgreSQL's own folding makes quotes, colons and slashes of some of these.
LETTERS = [
    "ŉ",
    "ʹ ʻ ʼ ʽ ˈ ː",
    "nightː* ʼOR",
    "½ ⅔",
    "ª ² ½ Ⅷ",
    "ﬁnance",
    "İstanbul",
    "ẞ",
    "ǅ",
    "Ω≈ç√",
    "e\u0301\u0301\u0301",
    "\u0301",
    "a" + "\u0301" * 115,
    "日本語",
    "港口",
    "การ",
    "हिन्दी",
    "ميناء",
    "نماذج‌ها",
    "שלום",
    "\U0001f600",
    "\U0001f468\u200d\U0001f469",
    "\u200f\u202enight\u202c",
    "\u200b",
    "\ufeff",
    "\u2028",
    "night\u00a0trial",
    "𝓃𝒾𝑔𝒽𝓉",
    "\U0010ffff",
    "ـ",  # folded, nothing is left of these
    "ـ night",
    'night "ـ"',
    "-ـ night",
    "กุุ",
    "ﹽ night",
    "ﱞ night",  # of these, blanks and a mark
    "x\ufc5e night",
    "night ﷺ",  # and of this, four words
]
ODD = [
    "night\0trial",
    "\0",
    "\x01\x1f",
    "\x7f",
    "\ud800",
    "\udfff night",
    "\uffff",
    "\x00\ud7ff\uffff",
]
LONG = [
    "a" * 10_000,
    "night " * 2_000,
    '"' * 10_000,
    "-" * 10_000,
    '"' + "night " * 2_000 + '"',
    "é" * 9_000,
    "-a " * 3_000,
    "9" * 10_000,
    "港" * 5_000,
    "(" * 10_000,
]
HOSTILE = [*QUOTED, *OPERATORS, *SQL, *HTML, *LETTERS, *ODD, *LONG]


@pytest.fixture(scope="module")
def one_article(standing, django_db_blocker):
    """One newsroom for all of them, where no other tests' rows stand."""
    with django_db_blocker.unblock():
        standing.clear()
        with transaction.atomic():
            outlet = an_outlet()
            indexed(a_section(outlet), "Lamps for the lighthouse")
            yield get_sheet(outlet_id=outlet.pk)
            transaction.set_rollback(True)


def test_there_are_more_than_a_hundred():
    assert len(set(HOSTILE)) > 100


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_there_is_a_page(one_article, client, typed):
    at = f"/courier/search/?q={quote(typed, errors='surrogatepass')}"

    answer = client.get(at, headers={"host": NETWORK}, follow=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert ("Lamps" in page, "<script>alert" in page, "<img src=x" in page) == (False,) * 3


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_being_typed_there_is_an_answer(one_article, client, typed):
    at = f"/courier/search/suggest.json?q={quote(typed, errors='surrogatepass')}"

    answer = client.get(at, headers={"host": NETWORK})

    assert (answer.status_code, answer.content) == (200, b'{"suggestions": []}')


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=80))
def test_whatever_is_typed_the_database_can_be_asked(one_article, typed):
    query = read_query(typed + " -lamps")

    assert find_matches(ask(query, sheets=[one_article])) == []
