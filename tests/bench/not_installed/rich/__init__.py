"""Stands before a package that tests bring and no landlord has: whoever would use it if it were there does without."""

raise ImportError("Evenhand is installed without this package.")
