"""Migrations: one head, both engines."""
