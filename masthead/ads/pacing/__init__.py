"""
How often each flight is chosen: worked out every minute from what is left and what will come.

`curves` (what will come), `learning` (what becomes of it), `chances` (how much of it a flight gets)
and `selling` (what can still be sold) know neither Django nor the database; `turn` and `outlooks`
bring them together with it.
"""
