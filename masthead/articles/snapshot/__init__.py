"""
An article frozen as JSON: what a version keeps and what readers' pages are rendered from.

Shape of a snapshot::

    {"schema": 1, "public_id": hex, "headline", "short_headline", "social_headline",
     "search_headline", "search_description", "kicker", "standfirst", "dateline", "kind",
     "access", "sponsor": {"name", "url"} | None,
     "authors": [{"id", "name", "post_nominals", "slug", "is_shared"}], in order
     "topics": [{"id", "name", "slug"}],
     "lead": {"picture": id, "alt", "caption", "credit"} | None,
     "caption_alone": caption of a lead picture that did not come with the text, or ""
     "body": [{"kind": …}, …], see `articles.snapshot.body`
     "word_count": int}

Pictures, recordings and authors' portraits are ids: their files may still be in the making, and a
portrait may change, without a new version.
"""

from masthead.articles.snapshot.article import picture_ids, plain_body, snapshot_article
from masthead.articles.snapshot.body import snapshot_block

__all__ = ["picture_ids", "plain_body", "snapshot_article", "snapshot_block"]
