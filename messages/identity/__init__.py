"""The city's identity provider, as whichever door sends somebody there speaks to it."""
