"""What the ad desk wants to know: fill, delivery, what can be sold, money. Sums, about nobody."""
