"""Real messages for the doctor to look at; apart from it, so that nobody loads it at the start."""

from collections.abc import Callable, Iterator

Sample = Callable[[], tuple[str, bytes] | None]
_samples: list[Sample] = []


def register_sample(sample: Sample) -> None:
    """`sample()` gives the name and the bytes of a real edition, or None without one."""
    _samples.append(sample)


def samples() -> Iterator[tuple[str, bytes]]:
    for sample in _samples:
        found = sample()
        if found is not None:
            yield found
