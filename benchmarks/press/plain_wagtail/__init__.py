"""The same articles as a plain Wagtail site shows them: its serve view, a template, no cache."""
