"""What candidates said, to listen to: taken in sealed, kept sealed, cut out word by word."""
