"""Push: a hint on the phone that something waits in the inbox; neutral, for lock screens."""
