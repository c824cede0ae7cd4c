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

    def get_prep_value(self, value: Any) -> Any:
        """Without NUL characters, which a text never needs and PostgreSQL refuses."""
        return _without_nul(super().get_prep_value(value))


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(each) for each in value]
    if isinstance(value, dict):
        return {key: _without_nul(each) for key, each in value.items()}
    return value
