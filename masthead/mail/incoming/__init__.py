"""
Mail that comes in to the return paths: bounces, complaints, answers of machines, wishes to leave.

`reading.read_message` says what one is, from its bytes alone; `taking.take_message` writes it down.
"""
