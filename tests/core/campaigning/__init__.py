"""What the staff do to records."""
