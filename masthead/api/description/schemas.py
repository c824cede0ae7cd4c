"""Every kind of thing the API answers with, field by field."""

from masthead.api.description.words import (
    Schema,
    address,
    list_of,
    moment,
    number,
    one_of,
    or_nothing,
    page,
    record,
    ref,
    ref_or_nothing,
    text,
    yes_or_no,
)
from masthead.articles.models import Access, Kind
from masthead.articles.snapshot.body import READ
from masthead.pictures.models import Licence

BLOCKS = ["text", *READ]

PICTURE = record(
    "A picture, as its largest copy in JPEG.",
    url=address("The file."),
    width=number("Pixels."),
    height=number("Pixels."),
    alt=text("What can be seen, for those who cannot see it."),
    caption=text("What stands below it; may be empty."),
    credit=text("Who made it; may be empty."),
    licence=one_of("On what terms the outlet has it.", list(Licence.values)),
)
SECTION_REF = record(
    "The section an article is filed in.",
    id=number("As in the list of sections."),
    name=text("As readers see it."),
    url=address("Its page."),
)
LINE_FIELDS: dict[str, Schema] = {
    "id": text("Stays the same for good.", format="uuid"),
    "url": address("The page for readers."),
    "api_url": address("The article here, in full."),
    "kind": one_of("What sort of piece it is.", list(Kind.values)),
    "access": one_of("Who may read the whole text.", list(Access.values)),
    "section": ref_or_nothing("SectionRef", "Where it is filed; null for a moment after a move."),
    "published_at": moment("When it was first released."),
    "updated_at": moment("When readers last got another version."),
    "version": number("Of the published text, counted from 1.", minimum=1),
    "word_count": number("Of the whole text."),
    "sponsor_name": or_nothing(text("Who paid for it. Say so wherever you show the article.")),
}
ARTICLE_LINE = record(
    "An article in a list, without its text.",
    **LINE_FIELDS,
    headline=text("As lists show it."),
    kicker=text("A word or two above the headline; may be empty."),
    standfirst=text("The sentence below the headline; may be empty."),
    byline=text("All authors in one line; may be empty."),
    picture=ref_or_nothing("Picture", "The lead picture."),
)
AUTHOR_REF = record(
    "An author as the byline names them.",
    name=text("The name alone."),
    post_nominals=text("Letters after the name; may be empty."),
    role=text("What they do there; may be empty."),
    is_shared=yes_or_no("Whether it stands for the newsroom, not for a person."),
    url=or_nothing(address("Their page; null for one who has none any more.")),
)
TOPIC_REF = record(
    "What an article is about.",
    slug=text("Its address in lists here."),
    name=text("As readers see it."),
    url=address("Its page."),
)
BLOCK = record(
    "One piece of the text: a paragraph, a picture, a table.",
    kind=one_of("What it is.", BLOCKS),
    html=text("Clean HTML without styles or scripts, with absolute addresses."),
    text=text("The words alone, a line for each block inside; may be empty."),
)
CORRECTION_FIELDS: dict[str, Schema] = {
    "id": text("Stays the same for good.", format="uuid"),
    "corrected_at": moment("When the right version was released."),
    "text": or_nothing(text("What was wrong, in the outlet's words.")),
    "wrong_version": or_nothing(number("The version that was wrong.", minimum=1)),
    "right_version": number("The version that put it right.", minimum=1),
}
CORRECTION_NOTE = record("A correction of this article.", **CORRECTION_FIELDS)
ARTICLE = record(
    "An article in full; of a members' article the part that everybody may read.",
    **LINE_FIELDS,
    headline=text("As the page shows it."),
    short_headline=text("As lists show it."),
    kicker=text("A word or two above the headline; may be empty."),
    standfirst=text("The sentence below the headline; may be empty."),
    dateline=text("Where it was written; may be empty."),
    byline=text("All authors in one line; may be empty."),
    authors=list_of("In the byline's order.", ref("AuthorRef")),
    topics=list_of("What it is about.", ref("TopicRef")),
    sponsor_url=or_nothing(address("Of whoever paid for it.")),
    picture=ref_or_nothing("Picture", "The lead picture."),
    language=text("Of the text, as in BCP 47, e.g. en."),
    is_complete=yes_or_no("False where the rest is for members only."),
    html=text("All blocks' HTML, one after the other."),
    text=text("All blocks' words, an empty line between two."),
    blocks=list_of("The text, piece by piece.", ref("Block")),
    corrections=list_of("Newest first.", ref("CorrectionNote")),
)
CORRECTED = record(
    "The article that was corrected.",
    id=text("Its id.", format="uuid"),
    headline=text("As lists show it today."),
    url=address("The page for readers."),
    api_url=address("The article here, in full."),
)
CORRECTION = record(
    "A correction, with what it corrects.",
    **CORRECTION_FIELDS,
    article=ref("Corrected"),
)
SECTION = record(
    "A section of the outlet.",
    id=number("Stays the same for good."),
    name=text("As readers see it."),
    description=text("One line; may be empty."),
    parent_id=or_nothing(number("Of the section above it; null at the top.")),
    url=address("Its page."),
    articles_url=address("Its articles here, with those of the sections below it."),
)
MONTH = record(
    "A month in which something was published.",
    month=text("In UTC, e.g. 2026-11.", pattern="^[0-9]{4}-[0-9]{2}$"),
    count=number("How many articles.", minimum=1),
    articles_url=address("Those articles here."),
)
AUTHOR = record(
    "Somebody who writes for the outlet, or a byline of its newsroom.",
    slug=text("Their address in lists here."),
    name=text("The name alone."),
    post_nominals=text("Letters after the name; may be empty."),
    byline=text("Both, as printed."),
    role=text("What they do there; may be empty."),
    is_shared=yes_or_no("Whether it stands for the newsroom, not for a person."),
    biography_html=text("Clean HTML; may be empty."),
    biography_text=text("The same in words alone."),
    portrait=ref_or_nothing("Picture", "A picture of them."),
    links=list_of(
        "Pages of their own elsewhere.",
        record("A link.", label=text("Its words."), url=address("Where it leads.")),
    ),
    url=address("Their page."),
    articles_url=address("Their articles here."),
)
TOPIC = record(
    "A topic the outlet has written about.",
    slug=text("Its address in lists here."),
    name=text("As readers see it."),
    description=text("One line; may be empty."),
    uri=or_nothing(address("Of the same subject in a shared vocabulary.")),
    url=address("Its page."),
    articles_url=address("The outlet's articles on it here."),
)
OUTLET_FIELDS: dict[str, Schema] = {
    "name": text("The title's name."),
    "tagline": text("What stands below the name; may be empty."),
    "url": address("Its front page."),
    "api_url": address("Its API."),
}
OUTLET_LINE = record("A title of the network.", **OUTLET_FIELDS)
OUTLET = record(
    "The title you are asking.",
    **OUTLET_FIELDS,
    id=text("Stays the same for good.", format="uuid"),
    network=record(
        "The network it belongs to.", name=text("Its name."), url=address("Its front page.")
    ),
    language=text("As in BCP 47, e.g. en."),
    timezone=text("As in the tz database, e.g. Europe/Riga."),
    legal_name=text("Of the publisher; may be empty."),
    founded_on=or_nothing(text("A date.")),
    contact_email=or_nothing(text("For readers.")),
    logo=ref_or_nothing("Picture", "Its logo."),
    pages=list_of(
        "About, ethics, ownership, contact.",
        record(
            "A page of the outlet's own.",
            purpose=text("What it is for, e.g. ethics."),
            title=text("Its headline."),
            url=address("The page."),
        ),
    ),
    follow=list_of(
        "Its accounts on other networks.",
        record(
            "An account.",
            network=text("Which network."),
            label=text("Its name for people."),
            url=address("The account."),
        ),
    ),
)
PROBLEM_FIELDS: dict[str, Schema] = {
    "type": text("Always about:blank: the status says it all."),
    "title": text("The status in words."),
    "status": number("The status.", minimum=400, maximum=599),
    "detail": text("A sentence for people."),
}
PROBLEM = record("Why there is nothing else (RFC 9457).", **PROBLEM_FIELDS)
GONE = record(
    "A withdrawn article (RFC 9457).",
    **PROBLEM_FIELDS,
    reason=or_nothing(text("Why, in the outlet's words.")),
    withdrawn_at=or_nothing(moment("When.")),
)

# The standard's own schema says the rest: iptc.org/std/ninjs/ninjs-schema_3.1.json.
NINJS_ITEM = record(
    "An article as ninjs 3.1, with every field that the standard has and the title knows.",
    uri=address("Stays the same for good: urn:uuid: and the article's id."),
    pubStatus=one_of("canceled once it was withdrawn.", ["usable", "canceled"]),
    version=text("Of the published text, counted from 1."),
    firstCreated=moment("When it was first released."),
    versionCreated=moment("When readers last got another version, or it was withdrawn."),
)

SCHEMAS: dict[str, Schema] = {
    "Article": ARTICLE,
    "ArticleLine": ARTICLE_LINE,
    "Author": AUTHOR,
    "AuthorRef": AUTHOR_REF,
    "Block": BLOCK,
    "Corrected": CORRECTED,
    "Correction": CORRECTION,
    "CorrectionNote": CORRECTION_NOTE,
    "Gone": GONE,
    "Month": MONTH,
    "NinjsItem": NINJS_ITEM,
    "Outlet": OUTLET,
    "OutletLine": OUTLET_LINE,
    "Picture": PICTURE,
    "Problem": PROBLEM,
    "Section": SECTION,
    "SectionRef": SECTION_REF,
    "Topic": TOPIC,
    "TopicRef": TOPIC_REF,
    "Articles": page("One page of articles, newest first.", "ArticleLine"),
    "Authors": page("One page of authors, by their slug.", "Author"),
    "Corrections": page("One page of corrections, newest first.", "Correction"),
    "Months": page("All months, newest first.", "Month"),
    "NinjsItems": page("What was released, newest first.", "NinjsItem"),
    "Outlets": page("All titles, this one first.", "OutletLine"),
    "Sections": page("All sections, in the outlet's order.", "Section"),
    "Topics": page("One page of topics, by their slug.", "Topic"),
}
