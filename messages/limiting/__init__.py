"""Rate limits: how requests are counted for every door, in Redis or while it is away here."""
