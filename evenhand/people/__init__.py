"""Who the landlord knows: its colleagues, its customers, their homes and tenancies, and what each person needs."""
