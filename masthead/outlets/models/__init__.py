from masthead.outlets.models.outlet import Domain, FollowLink, Outlet
from masthead.outlets.models.pages import PlainPage, Section
from masthead.outlets.models.public import OutletSheet, PathMove

__all__ = ["Domain", "FollowLink", "Outlet", "OutletSheet", "PathMove", "PlainPage", "Section"]
