"""One line of what the doctor found."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Finding:
    """mark: "pass", "warn" or "fail". what: e.g. "SPF". about: whose. says: what to do, if any."""

    mark: str
    what: str
    about: str
    says: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def passed(what: str, about: str, says: str) -> Finding:
    return Finding("pass", what, about, says)


def warned(what: str, about: str, says: str) -> Finding:
    return Finding("warn", what, about, says)


def failed(what: str, about: str, says: str) -> Finding:
    return Finding("fail", what, about, says)
