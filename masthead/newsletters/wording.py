"""What a built edition is called in a list of mails, until an editor says it better."""

from typing import Any

from masthead.articles.queries import in_outlet
from masthead.core.text import shorten
from masthead.newsletters.models import Newsletter

# What most mail programs show of each; longer ones are cut off there.
SUBJECT_SHOWN, PREHEADER_SHOWN = 60, 90


def words_for(blocks: list[dict[str, Any]], *, newsletter: Newsletter) -> tuple[str, str]:
    """Subject and the line after it: the first headline, and the next ones. At most one query."""
    named: list[int] = []
    for block in blocks:
        if block["kind"] == "article":
            named.append(block["article"])
        elif block["kind"] == "articles":
            named += block["articles"]
    named = list(dict.fromkeys(named))[:4]
    if not named:
        return newsletter.name, ""
    rows = in_outlet(newsletter.outlet_id).filter(article__in=named)
    found = {row.article_id: row.headline for row in rows}
    headlines = [found[each] for each in named if each in found]
    if not headlines:
        return newsletter.name, ""
    return shorten(headlines[0], most=150), shorten(" · ".join(headlines[1:]), most=120)
