"""The landlord's register of homes, people and tenancies, brought in from its housing system: see docs/import.md."""
