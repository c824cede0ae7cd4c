"""
The API described in OpenAPI 3.1: what can be asked, and every field of every answer.

In English, whatever the outlet's language: it is for programmers, as names of fields are. The page
of documentation is made of the same.
"""
