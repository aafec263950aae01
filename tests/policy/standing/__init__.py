"""What each thing that happened leaves of what was before, thread by thread."""
