"""Where a case stands, thread by thread: each module holds one thread and how events move it."""
