"""What is left here."""
KEPT = 1
