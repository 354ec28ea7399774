"""The console: its pages in a real application, on a real database and a real Valkey."""
