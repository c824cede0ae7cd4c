"""`{% picture data sizes="(min-width: 60rem) 40rem, 100vw" %}`: a picture that moves nothing."""

from typing import Any

from django import template

from masthead.pictures.queries import PictureData

register = template.Library()


@register.inclusion_tag("pictures/picture.html")
def picture(
    data: PictureData | None,
    sizes: str = "100vw",
    loading: str = "lazy",
    alt: str | None = None,
    **attributes: str,
) -> dict[str, Any]:
    """
    A `<picture>` with every copy, or a ground of the same proportions while there are none.

    sizes: how wide it is shown. loading: "eager" for the one at the top of the page, which is
    then fetched first. alt: instead of the picture's own; "" for one that only decorates.
    class: on the `<img>`. Shows nothing for None.
    """
    if loading not in {"lazy", "eager"}:
        raise template.TemplateSyntaxError('picture: loading is "lazy" or "eager".')
    if unknown := attributes.keys() - {"class"}:
        raise template.TemplateSyntaxError(f"picture: unknown {', '.join(sorted(unknown))}.")
    classes = [attributes.get("class", ""), *_focus(data)]
    return {
        "data": data,
        "sizes": sizes,
        "loading": loading,
        "alt": data.alt if data and alt is None else alt,
        "classes": " ".join(each for each in classes if each),
    }


def _focus(data: PictureData | None) -> list[str]:
    """Classes of focus.css; the CSP allows no style attribute, and tenths are near enough."""
    left, top = (_tenth(percent) for percent in data.focal) if data else (50, 50)
    if (left, top) == (50, 50):
        return []
    return ["focus", f"focus-x-{left}", f"focus-y-{top}"]


def _tenth(percent: int) -> int:
    return min(100, max(0, (percent + 5) // 10 * 10))
