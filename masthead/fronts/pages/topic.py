"""A topic: what this outlet has published about it."""

from masthead.articles.queries import Place, find_topic, listing, on_topic
from masthead.changes import keys
from masthead.changes.shown import shows
from masthead.fronts.pages.lists import list_page, not_empty, show_list
from masthead.outlets.page import PageMissing, ReaderPage
from masthead.outlets.sheet import Sheet


def topic_page(*, sheet: Sheet, slug: str, before: Place | None, after: Place | None) -> ReaderPage:
    """Raises PageMissing for a topic that does not exist or has nothing on this outlet."""
    topic = find_topic(slug)
    if topic is None:
        raise PageMissing
    is_first = before is None and after is None
    shows(keys.topic(topic.pk))
    found = listing(on_topic(topic.pk, outlet_id=sheet.id), before=before, after=after)
    not_empty(found)
    show_list(keys.topic(topic.pk), found=found, is_first=is_first)
    return list_page(
        sheet=sheet,
        kind="topic",
        path=f"topics/{topic.slug}/",
        name=topic.name,
        description=topic.description,
        found=found,
        context={"topic": topic},
        trail=[(topic.name, f"topics/{topic.slug}/")],
        is_first=is_first,
    )
