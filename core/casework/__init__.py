"""Casework (办件办理): what the staff does about a case, and how it finds and reads one."""
