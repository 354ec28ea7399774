"""Checks (信用核查): an institution asks about a subject, for a purpose, on a legal basis."""
