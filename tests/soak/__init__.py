"""Many checks over HTTP while things happen: each answer is what the policy says of what is held at that moment."""
