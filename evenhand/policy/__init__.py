"""The Customer Conduct Policy as plain Python: no framework, no clock, no files, no chance."""
