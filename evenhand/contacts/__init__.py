"""What customers and the landlord said to each other, and about what: the log that demand is measured from."""
