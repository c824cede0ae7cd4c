"""
Small servers on loopback that speak the networks' real protocols, each with a memory of its own.

What they were asked and what they did is in their own log; tests count by that, not by ours.
"""
