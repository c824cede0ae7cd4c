"""Pages a person stands before: paying, the portal. Plain forms; no script."""

from dataclasses import dataclass
from html import escape

from masthead.memberships.money import amount_of
from masthead.memberships.standin import checkout, customers, subscriptions
from masthead.memberships.standin.books import Books, Thing, Till
from masthead.memberships.standin.errors import Refusal
from masthead.memberships.standin.invoices import pay

CARDS = [
    (customers.PAYS, "pays"),
    (customers.ASKS, "asks its owner first (3-D Secure)"),
    (customers.DECLINED, "is declined"),
    (customers.DECLINED_LATER, "pays now, is declined at the renewal"),
]
# Only where something is paid once.
IN_DAYS = (customers.TAKES_DAYS, "pays in three days, as a transfer does")
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1b1f24}"
    "main{max-width:30rem;margin:3rem auto;padding:2rem;background:#fff;border-radius:6px}"
    "label{display:block;margin:.6rem 0}input[type=email]{box-sizing:border-box;"
    "width:100%;padding:.5rem;font:inherit}"
    "button{margin-top:1rem;padding:.7rem 1.4rem;font:inherit;font-weight:600;border:0;"
    "border-radius:4px;background:#1a4fa3;color:#fff}.note{color:#5a6472}.bad{color:#a01c1c}"
    "button.plain{background:none;color:#1a4fa3;padding-inline:0}"
)


@dataclass(frozen=True)
class Page:
    """HTML, or an address to go to."""

    status: int
    html: str = ""
    location: str = ""


def page(books: Books, method: str, path: str, form: dict[str, str], *, pages: str) -> Page:
    """path: below the hosted pages' address."""
    kind, _, name = path.partition("/")
    try:
        with books.writing() as till:
            if kind == "pay":
                return _pay(till, method, till.get("checkout.session", name), form)
            if kind == "portal":
                return _portal(till, method, till.get("billing_portal.session", name), form)
    except Refusal as refused:
        if refused.status == 402 and kind == "pay":
            with books.writing() as till:
                return _form(till, till.get("checkout.session", name), str(refused))
        return _shell(refused.status, f'<h1>Not possible</h1><p class="bad">{escape(str(refused))}')
    return _shell(404, "<h1>There is nothing here</h1>")


def _pay(till: Till, method: str, session: Thing, form: dict[str, str]) -> Page:
    if session["status"] == "complete":
        return Page(303, location=_back(session))
    if session["status"] != "open":
        return _shell(410, "<h1>This page is no longer open</h1>")
    if method != "POST":
        return _form(till, session)
    try:
        done = checkout.complete(
            till,
            session,
            last4=form.get("card", ""),
            email=form.get("email", ""),
            owner_agreed=form.get("agreed") == "yes",
        )
    except checkout.AsksOwner:
        return _ask_owner(form)
    return Page(303, location=_back(done))


def _back(session: Thing) -> str:
    to: str = session["success_url"]
    return to.replace("{CHECKOUT_SESSION_ID}", session["id"])


def _form(till: Till, session: Thing, trouble: str = "") -> Page:
    choices = "".join(
        f'<label><input type="radio" name="card" value="{last4}"'
        f"{' checked' if last4 == customers.PAYS else ''}> •••• {last4} – {does}</label>"
        for last4, does in [*CARDS, *([IN_DAYS] if session["mode"] == "payment" else [])]
    )
    known = till.find(session["customer"]) or {}
    email = session["customer_email"] or known.get("email") or ""
    said = f'<p class="bad" role="alert">{escape(trouble)}</p>' if trouble else ""
    back = session["cancel_url"]
    leave = f'<p><a href="{escape(back)}">Back without paying</a></p>' if back else ""
    return _shell(
        402 if trouble else 200,
        f"<h1>Pay {_money(session['amount_total'], session['currency'])}</h1>"
        '<p class="note">This is a stand-in for a payment page: no money moves.</p>'
        f'{said}<form method="post"><label>E-mail <input type="email" name="email"'
        f' value="{escape(email)}" required></label><fieldset><legend>Card</legend>{choices}'
        f'</fieldset><button type="submit">Pay</button></form>{leave}',
    )


def _ask_owner(form: dict[str, str]) -> Page:
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(form.get(name, ""))}">'
        for name in ("card", "email")
    )
    return _shell(
        200,
        "<h1>Your bank asks whether this is you</h1>"
        f'<form method="post">{kept}<button name="agreed" value="yes">Yes, it is me</button>'
        "</form>",
    )


def _portal(till: Till, method: str, session: Thing, form: dict[str, str]) -> Page:
    customer = till.get("customer", session["customer"])
    if method == "POST":
        customers.add_card(till, customer, form.get("card", ""))
        _collect(till, customer)
        return Page(303, location=session["return_url"] or "/")
    choices = "".join(
        f'<label><input type="radio" name="card" value="{last4}"'
        f"{' checked' if last4 == customers.PAYS else ''}> •••• {last4} – {does}</label>"
        for last4, does in CARDS
    )
    rows = "".join(
        f"<li>{escape(each['number'])} – {_money(each['total'], each['currency'])} –"
        f" {escape(each['status'])}</li>"
        for each in till.all("invoice", customer=customer["id"])
    )
    return _shell(
        200,
        "<h1>Your card and invoices</h1>"
        f'<form method="post"><fieldset><legend>Another card</legend>{choices}</fieldset>'
        f'<button type="submit">Use this card</button></form><ul>{rows}</ul>'
        f'<p><a href="{escape(session["return_url"] or "/")}">Back</a></p>',
    )


def _collect(till: Till, customer: Thing) -> None:
    """What is open is tried again with the new card."""
    for invoice in till.all("invoice", customer=customer["id"]):
        name = ((invoice["parent"] or {}).get("subscription_details") or {}).get("subscription")
        subscription = till.find(name)
        if invoice["status"] != "open" or subscription is None:
            continue
        subscription["default_payment_method"] = None
        if pay(till, customer, invoice, subscription) and subscription["status"] == "past_due":
            subscriptions.change(till, customer, {**subscription, "status": "active"}, {})


def _money(amount: int, currency: str) -> str:
    return f"{amount_of(amount, currency)} {escape(currency.upper())}"


def _shell(status: int, main: str) -> Page:
    return Page(
        status,
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Stand-in for payments</title><style>{_STYLE}</style></head>"
        f"<body><main>{main}</main></body></html>",
    )
