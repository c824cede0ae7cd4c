"""Where the API's own things are: paths below an outlet."""

from urllib.parse import quote

from masthead.outlets.sheet import Sheet

PREFIX = "api/v1/"
NINJS = f"{PREFIX}ninjs/"


def api_url(sheet: Sheet, *parts: object, **params: object) -> str:
    """The absolute address of something in the API; each part is one step of the path."""
    path = "/".join(quote(str(part), safe="") for part in parts)
    query = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in params.items())
    return sheet.absolute(PREFIX + path) + (f"?{query}" if query else "")
