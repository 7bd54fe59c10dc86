"""Who employed, as what, and when."""
