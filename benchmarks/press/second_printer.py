"""
`python -m benchmarks.press.second_printer`: prints articles from the last address to the first.

Beside a worker, which begins at the first one: a hundred thousand pages are work for two cores.
What lies there fresh already is left as it is, so after the two have met there is nothing to do.
"""

import os


def print_from_the_end(*, host: str, outlet: str) -> None:
    from masthead.articles.models import PublishedArticle
    from masthead.press.actions import print_anew
    from masthead.press.own_shelf import own_shelf

    rows = PublishedArticle.objects.filter(outlet__slug=outlet).order_by("-path")
    for path in list(rows.values_list("path", flat=True)):
        print_anew(shelf=own_shelf(), host=host, target=f"/{outlet}/{path}", variant="public")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.conf.settings")
    import django

    django.setup()
    from benchmarks.press.stage import HOST, OUTLET
    from masthead.core.collecting import collect_seldom

    collect_seldom()
    print_from_the_end(host=HOST, outlet=OUTLET)
