"""Keeping (记录管理): what our staff do to one record: find, correct, quarantine, withdraw."""
