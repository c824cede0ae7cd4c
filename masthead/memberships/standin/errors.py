"""Refusals in the form that Stripe's SDK raises as exceptions."""

from typing import Any


class Refusal(Exception):
    """One error of the interface."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str = "",
        param: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param

    def body(self) -> dict[str, Any]:
        said = {"type": self.kind, "message": str(self), "code": self.code, "param": self.param}
        return {"error": {name: value for name, value in said.items() if value}}


def missing(kind: str, name: str) -> Refusal:
    return Refusal(f"No such {kind}: '{name}'", status=404, code="resource_missing", param="id")


def lacking(param: str) -> Refusal:
    return Refusal(f"Missing required param: {param}.", code="parameter_missing", param=param)


def declined(message: str = "Your card was declined.") -> Refusal:
    return Refusal(message, status=402, kind="card_error", code="card_declined")
