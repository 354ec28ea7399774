"""Casework: what the staff does about cases."""
