from masthead.readers.models.asked import Asked, Flood
from masthead.readers.models.former import FormerAddress
from masthead.readers.models.known import Import, Label, Note, Segment
from masthead.readers.models.proof import Forgotten, Proof
from masthead.readers.models.reader import Benefit, Consent, Entitlement, Reader
from masthead.readers.models.session import SignedIn

__all__ = [
    "Asked",
    "Benefit",
    "Consent",
    "Entitlement",
    "Flood",
    "Forgotten",
    "FormerAddress",
    "Import",
    "Label",
    "Note",
    "Proof",
    "Reader",
    "Segment",
    "SignedIn",
]
