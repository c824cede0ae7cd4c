"""Every kind of public page as HTML, held to the bars a newspaper's pages are held to."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.parse import quote, urljoin, urlsplit

import pytest

from tests.checks.findings import Finding
from tests.checks.nu import check_html
from tests.checks.schema_org import check_structured_data
from tests.checks.social import check_social_tags
from tests.journeys.cast import ARABIC
from tests.journeys.network import Network
from tests.journeys.public_pages import OUTLETS, PublicPage, public_pages
from tests.journeys.reading import Answer, addresses_of, media_file, read

pytestmark = pytest.mark.journey
PAGES = public_pages(today=datetime.now(UTC))


@pytest.fixture(scope="module")
def kinds(demo: Network) -> dict[PublicPage, Answer]:
    """One page of each kind."""
    return {page: read(demo.base + quote(page.path, safe="/?=.-")) for page in PAGES}


@pytest.fixture(scope="module")
def everything(demo: Network, kinds: dict[PublicPage, Answer]) -> dict[str, Answer]:
    """Those and every address in the sitemaps, by address."""
    listed = [url for outlet in OUTLETS for url in addresses_of(demo.base, outlet)]
    answers = {answer.url: answer for answer in kinds.values()}
    return answers | {url: read(url) for url in listed if url not in answers}


def listed(findings: Iterable[object]) -> str:
    return "\n".join(str(finding) for finding in findings)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_it_answers_as_it_should(page: PublicPage, kinds: dict[PublicPage, Answer]) -> None:
    answer = kinds[page]

    assert (answer.status, answer.type) == (page.status, "text/html; charset=utf-8")


def test_every_page_of_the_sitemaps_is_there(everything: dict[str, Answer]) -> None:
    wrong = [a.url for a in everything.values() if a.status not in {200, 404, 410}]
    from_sitemaps = len(everything) - len(PAGES)

    assert wrong == []
    assert from_sitemaps > 60


def test_the_nu_checker_finds_no_error_on_any_page(everything: dict[str, Answer]) -> None:
    findings = check_html({url: answer.text for url, answer in everything.items()})

    assert not findings, listed(findings)


def test_structured_data_is_complete_and_right(
    kinds: dict[PublicPage, Answer], everything: dict[str, Answer]
) -> None:
    wanted = {answer.url: page.json_ld for page, answer in kinds.items()}
    findings = [
        finding
        for url, answer in everything.items()
        for finding in check_structured_data(answer.text, url, must_have=wanted.get(url, ()))
    ]

    assert not findings, listed(findings)


def test_what_a_shared_link_shows_is_complete(
    demo: Network, kinds: dict[PublicPage, Answer], everything: dict[str, Answer]
) -> None:
    unlisted = {a.url for page, a in kinds.items() if not page.is_indexed}
    findings: list[Finding] = []
    for url, answer in everything.items():
        if url not in unlisted:
            findings += check_social_tags(answer.text, url, fetch=_picture_of(demo))

    assert not findings, listed(findings)


def _picture_of(demo: Network) -> Callable[[str], bytes]:
    def fetch(url: str) -> bytes:
        return media_file(url, demo.data).read_bytes()

    return fetch


def test_share_pictures_are_served_to_anybody(
    demo: Network, kinds: dict[PublicPage, Answer]
) -> None:
    urls = {_meta(answer, "og:image") for page, answer in kinds.items() if page.is_indexed}
    answers = [read(url) for url in urls if url]

    assert {(answer.status, answer.type) for answer in answers} == {(200, "image/jpeg")}
    assert all(url.startswith(demo.base) for url in urls)


def _meta(answer: Answer, name: str) -> str:
    found = answer.tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return str(found[0]) if found else ""


def test_pages_that_are_no_reading_ask_not_to_be_indexed(kinds: dict[PublicPage, Answer]) -> None:
    said = {page: "noindex" in _meta(answer, "robots") for page, answer in kinds.items()}
    wrong = [page.path for page, noindex in said.items() if noindex == page.is_indexed]

    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_it_has_one_heading_and_the_landmarks(
    page: PublicPage, kinds: dict[PublicPage, Answer]
) -> None:
    tree = kinds[page].tree

    assert len(tree.findall(".//h1")) == 1
    assert len(tree.findall(".//main")) == 1
    assert all(heading.text_content().strip() for heading in tree.xpath("//h1|//h2|//h3|//h4"))


@pytest.mark.parametrize("page", [p for p in PAGES if f"/{ARABIC}/" in p.path], ids=str)
def test_arabic_pages_are_written_from_the_right(
    page: PublicPage, kinds: dict[PublicPage, Answer]
) -> None:
    answer = kinds[page]
    html = answer.tree

    assert (html.get("lang"), html.get("dir")) == ("ar", "rtl")
    assert answer.headers["Content-Language"] == "ar"


def test_no_page_has_inline_script_or_style_attributes(everything: dict[str, Answer]) -> None:
    scripts = "//script[not(@src) and not(@type='application/ld+json')]"
    inline = f"{scripts}|//*[@style]|//@*[starts-with(name(), 'on')]"
    wrong = [url for url, answer in everything.items() if answer.tree.xpath(inline)]

    assert wrong == []


def test_no_link_leads_nowhere(demo: Network, everything: dict[str, Answer]) -> None:
    seen = {url.partition("#")[0]: answer.status for url, answer in everything.items()}
    links = {link: url for url, answer in everything.items() for link in _inside(answer, demo.base)}
    unseen = [link for link in links if link not in seen]
    with ThreadPoolExecutor(4) as pool:
        seen |= {answer.url: answer.status for answer in pool.map(read, unseen)}
    broken = {link: links[link] for link in links if seen[link] >= 400}

    assert broken == {}


def _inside(answer: Answer, base: str) -> set[str]:
    """Links, pictures and files of our own, absolute and without fragments."""
    found = {
        urljoin(answer.url, str(href)).partition("#")[0]
        for href in answer.tree.xpath(
            "//a/@href|//img/@src|//link/@href|//source/@src|//script/@src"
        )
        if urlsplit(str(href)).scheme in {"", "http", "https"}
    }
    for candidates in answer.tree.xpath("//@srcset|//@imagesrcset"):
        found |= {urljoin(answer.url, part.split()[0]) for part in str(candidates).split(", ")}
    found.discard(answer.url)  # the skip link
    return {quote(url, safe="/:?=&%.-+~@") for url in found if url.startswith(base + "/")}


def test_a_page_answers_304_when_nothing_has_changed(demo: Network) -> None:
    first = read(f"{demo.base}/courier/")

    again = read(f"{demo.base}/courier/", if_none_match=first.headers["ETag"])

    assert (again.status, again.body) == (304, b"")


def test_no_public_page_sets_a_cookie(
    kinds: dict[PublicPage, Answer], everything: dict[str, Answer]
) -> None:
    """But where one signs in: its form carries a token, and it lies on no shelf."""
    signing_in = {a.url for page, a in kinds.items() if page.kind.startswith("sign in")}
    with_cookie = [
        url
        for url, answer in everything.items()
        if answer.headers["Set-Cookie"] and url not in signing_in
    ]

    assert with_cookie == []
