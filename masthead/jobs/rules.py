"""Who may look after the jobs."""

from typing import Any


def may_look_after_jobs(user: Any) -> bool:
    return bool(user.is_superuser or user.has_perm("jobs.change_job"))
