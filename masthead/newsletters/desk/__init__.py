"""The screens of newsletters in the desk."""
