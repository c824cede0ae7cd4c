"""What the template of a picture asks for."""

from masthead.pictures.queries import PictureData


def picture_classes(data: PictureData | None, own: str = "") -> str:
    """Its own classes and those of focus.css; the CSP allows no style attribute."""
    return " ".join(each for each in (own, *_focus(data)) if each)


def _focus(data: PictureData | None) -> list[str]:
    """Tenths are near enough."""
    left, top = (_tenth(percent) for percent in data.focal) if data else (50, 50)
    if (left, top) == (50, 50):
        return []
    return ["focus", f"focus-x-{left}", f"focus-y-{top}"]


def _tenth(percent: int) -> int:
    return min(100, max(0, (percent + 5) // 10 * 10))
