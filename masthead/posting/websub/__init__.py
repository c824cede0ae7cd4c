"""A WebSub hub of our own (W3C Recommendation of 2018): whoever follows a feed is told at once."""
