from masthead.outlets.models.outlet import Domain, FollowLink, Outlet
from masthead.outlets.models.pages import PlainPage, Section
from masthead.outlets.models.public import FormerSlug, OutletSheet, PathMove

__all__ = [
    "Domain",
    "FollowLink",
    "FormerSlug",
    "Outlet",
    "OutletSheet",
    "PathMove",
    "PlainPage",
    "Section",
]
