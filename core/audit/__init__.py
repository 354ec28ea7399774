"""The audit and access trail: who read or did what, sealed so that no row changes unseen."""
