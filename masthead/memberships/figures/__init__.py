"""How memberships do: who joins and leaves, what comes in, where members came from."""
