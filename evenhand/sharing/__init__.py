"""Who was told: what the landlord passes on of limits and markers, to whom, and how it is called back."""
