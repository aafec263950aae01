"""What every door has: one form for one verb, one table of who may, one log of who looked."""
