"""The appliances in the branches, as they report themselves, and what of their record could not be taken in."""
