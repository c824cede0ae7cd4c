"""What was read of the index lately, for lists that are worked out one after another."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The last so many values that were asked for. It never notices that one has changed."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()

    def of(
        self, keys: Iterable[Key], read: Callable[[list[Key]], Mapping[Key, Value]]
    ) -> dict[Key, Value]:
        """The values of these keys, all that are not kept read at once; without those of none."""
        found: dict[Key, Value] = {}
        missing = []
        for key in keys:
            if key in self._kept:
                found[key] = self._kept[key]
                self._kept.move_to_end(key)
            else:
                missing.append(key)
        if missing:
            fresh = read(missing)
            found.update(fresh)
            self._kept.update(fresh)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return found
