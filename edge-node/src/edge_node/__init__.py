"""The edge node: one appliance in one branch office, holding whole spoken interviews by itself."""
