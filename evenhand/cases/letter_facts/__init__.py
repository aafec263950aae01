"""What each kind of letter tells, read from the events of its case: one function a kind, in a module a concept."""
