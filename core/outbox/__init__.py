"""What we owe people: an event with its audience, written with the change, delivered later."""
