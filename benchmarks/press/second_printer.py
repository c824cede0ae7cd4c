"""
`python -m benchmarks.press.second_printer`: prints articles from the last address to the first.

Beside a worker, which begins at the first one: a hundred thousand pages are work for two cores. It
ends where the two meet.
"""

import os
import time

PATIENCE_SECONDS = 60  # until the worker has learned the addresses


def print_from_the_end(*, host: str, outlet: str) -> int:
    """How many pages it printed."""
    from masthead.articles.models import PublishedArticle
    from masthead.press.own_shelf import own_shelf

    shelf = own_shelf()
    rows = PublishedArticle.objects.filter(outlet__slug=outlet).order_by("-path")
    paths = [f"/{outlet}/{path}" for path in rows.values_list("path", flat=True)]
    until = time.monotonic() + PATIENCE_SECONDS
    while shelf.address(host, paths[0]) is None and time.monotonic() < until:
        time.sleep(0.1)
    for number, path in enumerate(paths):
        if not _print(host, path):
            return number
    return len(paths)


def _print(host: str, path: str) -> bool:
    """False where a fresh print lies already."""
    from masthead.press.actions import print_anew
    from masthead.press.own_shelf import own_shelf

    state = own_shelf().state(host, path, "public")
    if state is not None and state.is_fresh(time.time()):
        return False
    print_anew(shelf=own_shelf(), host=host, target=path, variant="public")
    return True


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.conf.settings")
    import django

    django.setup()
    from benchmarks.press.stage import HOST, OUTLET
    from masthead.core.collecting import collect_seldom

    collect_seldom()
    print(print_from_the_end(host=HOST, outlet=OUTLET))
