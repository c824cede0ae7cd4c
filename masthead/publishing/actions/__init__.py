from masthead.publishing.actions.acts import (
    AlreadyWithdrawn,
    NotAllowed,
    NothingChanged,
    NotLive,
    ReleaseError,
    StillToCome,
    TooEarly,
    cancel_schedule,
    publish_article,
    schedule_article,
    withdraw_article,
)
from masthead.publishing.actions.read_model import refresh_read_model, write_published
from masthead.publishing.actions.release import record_publish, record_withdrawal

__all__ = [
    "AlreadyWithdrawn",
    "NotAllowed",
    "NotLive",
    "NothingChanged",
    "ReleaseError",
    "StillToCome",
    "TooEarly",
    "cancel_schedule",
    "publish_article",
    "record_publish",
    "record_withdrawal",
    "refresh_read_model",
    "schedule_article",
    "withdraw_article",
    "write_published",
]
