"""
From an edition that is due to mails that were accepted, each once.

Who gets it is frozen (`freezing`), then one sender holds the edition's lease (`leases`), claims a
few rows (`claims`), writes down what it is about to give and what became of it (`marks`), and
hands mails to a crew of lines (`sender`). What a killed process left given and unanswered is in
doubt until somebody knows (`doubts`).
"""
