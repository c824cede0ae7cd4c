"""What a function made lately, kept by the whole content of what it was given."""

import functools
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

Made = TypeVar("Made")


def kept_by_content(*, most: int) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """
    Keep the last `most` results of a function that depends on nothing but its arguments.

    Other content has other bytes when pickled, so a result never outlives what it was made of and
    nothing has to be told of changes. The same content may now and then be pickled otherwise;
    then it is made once more. Arguments are anything that can be pickled.
    """

    def keep(function: Callable[..., Made]) -> Callable[..., Made]:
        kept: OrderedDict[bytes, Made] = OrderedDict()
        lock = threading.Lock()

        @functools.wraps(function)
        def call(*arguments: Any) -> Made:
            key = blake2b(pickle.dumps(arguments, protocol=5), digest_size=24).digest()
            with lock:
                if key in kept:
                    kept.move_to_end(key)
                    return kept[key]
            made = function(*arguments)
            with lock:
                kept[key] = made
                if len(kept) > most:
                    kept.popitem(last=False)
            return made

        return call

    return keep
