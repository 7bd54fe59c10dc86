"""What the rooms of this program need of each other: Protocols and the values they exchange."""
