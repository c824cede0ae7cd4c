"""How much is taken at once from a household, from a customer's range, and from all."""

import pytest

from masthead.comments.admission import Admission, customer, household


@pytest.mark.parametrize(
    ("address", "home", "range_around"),
    [
        ("192.0.2.7", "192.0.2.7", None),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("2001:db8:1:3::7", "2001:db8:1:3::/64", "2001:db8:1::/48"),
        ("unknown", "unknown", None),
    ],
)
def test_where_somebody_comes_from(address: str, home: str, range_around: str | None) -> None:
    assert household(address) == home
    assert customer(home) == range_around


def test_a_customers_range_has_half_of_what_all_have() -> None:
    admission = Admission(of_all=(20, 0.5), of_each=(5, 1))

    waits = [admission.wait_seconds(f"2001:db8:1:{n:x}::1", now=0.0) for n in range(20)]

    assert [wait for wait in waits if not wait] == [0] * 10
    assert admission.wait_seconds("2001:db8:2::1", now=0.0) == 0
    assert admission.wait_seconds("192.0.2.7", now=0.0) == 0
