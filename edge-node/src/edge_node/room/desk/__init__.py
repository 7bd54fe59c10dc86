"""Who may enter: claims, consents and offers of one process, its open rooms, and what keeps new ones closed."""
