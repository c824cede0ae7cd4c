"""Stripe's SDK over the one way out: its address is checked, its time and answer are limited."""

from collections.abc import Mapping
from typing import Any

import stripe

from masthead.core.outbound import OutboundError, fetch

HOSTS = ("api.stripe.com",)
TIMEOUT_SECONDS = 8
MOST_BYTES = 5_000_000


class OutboundHTTP(stripe.HTTPClient):
    name = "masthead"

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        **_: Any,
    ) -> tuple[str, int, Mapping[str, str]]:
        try:
            answer = fetch(
                url,
                method=method.upper(),
                body=str(post_data).encode() if post_data else None,
                headers=headers,
                most_bytes=MOST_BYTES,
                timeout_seconds=TIMEOUT_SECONDS,
                allow_hosts=HOSTS,
            )
        except OutboundError as error:
            # Every write carries a key of its own, so that asking again does nothing twice.
            failed: Any = stripe.APIConnectionError  # has no types
            raise failed(str(error), should_retry=True) from error
        return answer.content.decode("utf-8", "replace"), answer.status, answer.headers

    def close(self) -> None:
        """Each call has a connection of its own."""
