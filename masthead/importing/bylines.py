"""Whose byline a copied page carries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from masthead.articles.models import ArticleAuthor
from masthead.importing.extract import Author as FoundAuthor
from masthead.outlets.models import Outlet
from masthead.people.models import Author


@dataclass
class Byline:
    """new_namesakes: names of authors made new although somebody of that name was known."""

    authors: list[Author] = field(default_factory=list)
    new_namesakes: list[str] = field(default_factory=list)


def byline_of(found: Iterable[FoundAuthor], *, outlet: Outlet) -> Byline:
    """The authors named, in order, each once; who is not known yet is made."""
    byline = Byline()
    for each in found:
        namesakes = list(Author.objects.filter(name__iexact=each.name[:120]).order_by("pk"))
        author = _one_of_ours(namesakes, outlet)
        if author is None:
            author = _new_author(each, outlet)
            if namesakes:
                byline.new_namesakes.append(author.name)
        if author not in byline.authors:
            byline.authors.append(author)
    return byline


def _one_of_ours(namesakes: list[Author], outlet: Outlet) -> Author | None:
    """Two titles may each have an Anna Berg: one who writes only elsewhere is somebody else."""
    lines = ArticleAuthor.objects.filter(author__in=namesakes)
    below = Q(article__path__gte=outlet.path, article__path__lt=f"{outlet.path}~")
    here = set(lines.filter(below).values_list("author", flat=True))
    here |= set(Author.objects.filter(outlets=outlet).values_list("pk", flat=True))
    anywhere = set(lines.values_list("author", flat=True))
    ours = [each for each in namesakes if each.pk in here]
    new_hands = [each for each in namesakes if each.pk not in anywhere]
    return next(iter(ours + new_hands), None)


def _new_author(found: FoundAuthor, outlet: Outlet) -> Author:
    author = Author(
        name=found.name[:120],
        post_nominals=found.post_nominals[:60],
        is_shared=found.is_staff,
    )
    author.slug = author.free_slug()
    author.save()
    author.outlets.add(outlet)
    return author
