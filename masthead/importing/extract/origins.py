"""The sentence a person reads for each origin key. A test keeps the table complete."""

from .page import NOT_FOUND
from .page import gettext_noop as _

ORIGINS: dict[str, str] = {
    NOT_FOUND: _("The page does not say."),
    "json-ld": _("From the page's description for search engines (JSON-LD)."),
    "og": _("From the page's description for social networks (Open Graph)."),
    "meta": _("From the page's meta tags."),
    "microdata": _("From marks inside the page's text (microdata)."),
    "h1": _("The page's main heading."),
    "h1 and description": _("The page's main heading; its machine-readable description agrees."),
    "title element": _("From the title of the browser tab, without the outlet's name."),
    "title repeated in page": _("A line of the page that repeats the title of the browser tab."),
    "byline element": _("From the byline beside the headline."),
    "byline below text": _("From a byline below the article."),
    "byline text": _("From a line near the headline that reads like a byline."),
    "time element": _("From the date beside the headline."),
    "date text": _("From a line near the headline that reads like a date."),
    "htmldate": _("Guessed from marks in and around the article; please check."),
    "header element": _("From an element beside the headline."),
    "breadcrumb": _("From the trail of links above the headline."),
    "category link": _("From the link to the article's category."),
    "lead figure": _("From the picture that stands before the text."),
    "caption element": _("From the caption of the picture before the text."),
    "first paragraph": _("From the first words of the first paragraph."),
    "html lang": _("From the language the page declares."),
    "words": _("Guessed from the words of the text."),
    "copyright line": _("From the copyright line at the foot of the page."),
    "article root": _("The part of the page that holds most of its sentences."),
    "article root, second reader disagrees": _(
        "The part of the page that holds most of its sentences; a second way of reading the page "
        "found a different text, so please check for gaps."
    ),
    "second reader": _("The page has no clear structure; only its sentences were kept."),
    "text: line before byline": _("The line above the byline or date in the copied text."),
    "text: line before body": _("The last title-like line above the copied text."),
    "text: first line": _("The first line of the copied text."),
    "text: line after headline": _("The sentence below the headline in the copied text."),
    "text: line above headline": _("The short line above the headline in the copied text."),
    "text: byline line": _("A line of the copied text that reads like a byline."),
    "text: name line": _("A line below the headline that reads like a name."),
    "text: date line": _("A line below the headline that reads like a date."),
    "text: caption line": _("A line of the copied text that names a photographer."),
    "text: top line": _("The first line of the copied text that is not a menu."),
    "text: site name": _("A line above the headline that reads like the name of a news title."),
    "text: trail above headline": _("From the trail of page names above the headline."),
    "text: sentences": _("The lines of the copied text that read as sentences."),
}
