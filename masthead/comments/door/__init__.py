"""
Comments at the front door: who is told to wait, and how. Knows no Django, like the door itself.
"""
