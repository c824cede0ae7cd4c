"""
The front door: answers readers from the shelf, hands everything else to the app.

Nothing here imports Django: a busy thread in the serving process costs three quarters of its
rate, and what fails in Django must not reach readers.
"""
