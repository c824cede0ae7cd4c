"""A StreamField whose migrations stay short."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """
    A StreamField that leaves its blocks out of migrations.

    Blocks change weekly and the database column never does: it is JSON either way.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(
            list(block_types) if isinstance(block_types, tuple) else block_types, **kwargs
        )

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
