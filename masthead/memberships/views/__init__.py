"""The addresses of memberships: buying, the account page, what the provider calls."""
