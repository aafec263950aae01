"""Colleagues' door: one file for each concept, with its form, its view and its paths."""
