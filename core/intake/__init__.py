"""Intake (数据归集): files of departments become records, and no row is lost silently."""
