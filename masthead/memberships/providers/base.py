"""What a payment provider can do for us, in our words; the contract suite tries each of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class ProviderTrouble(Exception):
    """The provider did not do what it was asked; the text is a sentence for a person."""


class NotReached(ProviderTrouble):
    """It is down or slow. Whether it did what it was asked is not known; asking again is safe."""


class Declined(ProviderTrouble):
    """It understood and refused, e.g. the bank did not pay."""


class NotThere(ProviderTrouble):
    """It knows nothing under that name."""


class NotGenuine(ProviderTrouble):
    """A notice that is not, or no longer, to be believed."""


@dataclass(frozen=True)
class Wish:
    """
    What somebody wants to pay. price_ref: empty where readers choose the amount themselves.
    is_taxed: whether the provider says how much of it is tax.
    """

    reference: str
    email: str
    customer_ref: str
    plan_ref: str
    price_ref: str
    currency: str
    amount_cents: int
    every: str
    quantity: int
    trial_days: int
    discount: str
    back_url: str
    leave_url: str
    is_taxed: bool = False


@dataclass(frozen=True)
class PaymentPage:
    ref: str
    url: str
    good_until: datetime


@dataclass(frozen=True)
class Paid:
    """
    What came of a payment page. reference: the one of the `Wish`. is_awaited: it was left with a
    way to pay that takes days and was not refused; it may be paid yet. payment_ref: empty also
    where nothing had to be paid.
    """

    ref: str
    reference: str
    is_open: bool
    is_paid: bool
    is_awaited: bool
    email: str
    customer_ref: str
    membership_ref: str
    payment_ref: str
    amount_cents: int
    tax_cents: int
    currency: str


@dataclass(frozen=True)
class MembershipState:
    """next_price_ref, next_quantity: from the next period on; empty and 0: as now."""

    ref: str
    item_ref: str
    customer_ref: str
    reference: str
    status: str
    price_ref: str
    plan_ref: str
    next_price_ref: str
    next_quantity: int
    schedule_ref: str
    quantity: int
    currency: str
    amount_cents: int
    every: str
    started_at: datetime
    period_starts_at: datetime
    period_ends_at: datetime
    trial_ends_at: datetime | None
    cancel_at: datetime | None
    ended_at: datetime | None
    is_paused: bool
    paused_until: datetime | None


@dataclass(frozen=True)
class InvoiceState:
    """
    is_disputed: its payer's bank wants the payment back, and that is not decided in our favour.
    is_lost: it was decided, and the money is gone. tax_cents: in the total.
    """

    ref: str
    number: str
    customer_ref: str
    membership_ref: str
    payment_ref: str
    status: str
    reason: str
    currency: str
    total_cents: int
    tax_cents: int
    paid_cents: int
    refunded_cents: int
    is_disputed: bool
    is_lost: bool
    attempts: int
    next_try_at: datetime | None
    period_starts_at: datetime
    period_ends_at: datetime
    made_at: datetime
    paid_at: datetime | None
    url: str


@dataclass(frozen=True)
class Payment:
    """One payment, of an invoice or of a gift or donation; its dispute as in `InvoiceState`."""

    ref: str
    paid_cents: int
    refunded_cents: int
    is_disputed: bool
    is_lost: bool


@dataclass(frozen=True)
class Notice:
    """What an event is about; its content is not believed."""

    ref: str
    kind: str
    about_kind: str
    about: str
    made_at: datetime
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """
    What a change would cost now, in the smallest unit; below nothing: what is kept as credit.

    at: the moment for which that was worked out, by the provider's clock.
    """

    due_cents: int
    total_cents: int
    currency: str
    at: datetime


@dataclass(frozen=True)
class Discount:
    """
    A code for a lower price. percent or amount_cents, which has a currency: what it takes off.
    lasts: "once" (one bill), "repeating" (for `months`) or "forever". most_uses, good_until: None
    where there is no such limit.
    """

    ref: str
    code: str
    percent: float
    amount_cents: int
    currency: str
    lasts: str
    months: int
    most_uses: int | None
    used: int
    good_until: datetime | None
    is_good: bool


@dataclass(frozen=True)
class DiscountWish:
    """What a new code should be; see `Discount`."""

    code: str
    percent: float = 0
    amount_cents: int = 0
    currency: str = ""
    lasts: str = "once"
    months: int = 0
    most_uses: int | None = None
    good_until: datetime | None = None


class Provider(Protocol):
    """
    key: one a business action; the same key again does nothing again. All raise ProviderTrouble.
    """

    name: str
    page_origins: tuple[str, ...]

    def keep_plan(self, *, name: str, ref: str, key: str) -> str: ...

    def keep_price(
        self, *, plan_ref: str, currency: str, amount_cents: int, every: str, key: str
    ) -> str: ...

    def retire_price(self, ref: str, *, key: str) -> None:
        """Nobody can buy it any more; those who have it go on paying it."""

    def make_discount(self, wish: DiscountWish, *, key: str) -> Discount:
        """Raises ProviderTrouble too where the code is taken by one that is still good."""

    def discounts(self) -> list[Discount]:
        """The newest first, also those that are over."""

    def end_discount(self, ref: str, *, key: str) -> None:
        """Nobody can type it any more; those who had it keep it."""

    def find_discount(self, code: str) -> str:
        """What a code that readers type stands for; empty when it is not good, or not any more."""

    def open_page(self, wish: Wish, *, key: str) -> PaymentPage: ...

    def close_page(self, ref: str, *, key: str) -> None:
        """Nobody can pay on it any more; one that was paid, or is over, stays as it is."""

    def read_page(self, ref: str) -> Paid: ...

    def read_membership(self, ref: str) -> MembershipState: ...

    def memberships(self, *, since: datetime | None) -> Iterator[MembershipState]: ...

    def invoices(self, membership_ref: str) -> list[InvoiceState]: ...

    def read_payment(self, ref: str) -> Payment: ...

    def membership_of_payment(self, payment_ref: str) -> str: ...

    def preview_switch(
        self, state: MembershipState, *, price_ref: str, quantity: int = 0
    ) -> Preview:
        """quantity: 0: as many as there are."""

    def switch_now(
        self,
        state: MembershipState,
        *,
        price_ref: str,
        key: str,
        quantity: int = 0,
        said_at: datetime | None = None,
    ) -> None:
        """
        What was planned for the next period does not come. said_at: of the preview whose price is
        charged; None: what it costs by now.
        """

    def switch_later(
        self, state: MembershipState, *, price_ref: str, key: str, quantity: int = 0
    ) -> None:
        """From the next period on, instead of whatever was planned for it."""

    def keep_as_it_is(self, state: MembershipState, *, key: str) -> None:
        """What was planned for the next period does not come."""

    def leave_at_period_end(self, ref: str, *, leaves: bool, key: str) -> None:
        """
        What was planned for the next period does not come; taken back, it is planned again.
        """

    def end_now(self, ref: str, *, key: str) -> None: ...

    def pause(self, ref: str, *, until: datetime | None, key: str) -> None: ...

    def go_on(self, ref: str, *, key: str) -> None: ...

    def begin_anew(self, state: MembershipState, *, key: str) -> None:
        """
        A period from now on, charged in full; what is left of the one that runs, and was not paid,
        is let go. What was planned for the next period begins with it.
        """

    def give_back(self, payment_ref: str, *, amount_cents: int | None, key: str) -> None: ...

    def portal_url(self, customer_ref: str, *, back_url: str) -> str: ...

    def forget(self, customer_ref: str) -> None: ...

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> Notice: ...
