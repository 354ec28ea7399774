"""A whole city made up: entities, persons and records of the same shape at every size."""
