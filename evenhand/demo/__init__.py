"""The demonstration: an invented landlord, and a dozen stories played through the policy as colleagues would."""
