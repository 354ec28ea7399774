"""The staff: roles, approvals."""
