"""Killed anywhere: colleagues act by forms while the web, the worker and the database are killed at random moments."""
