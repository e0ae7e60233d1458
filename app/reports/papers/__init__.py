"""Paper: what is printed, sent, attached and kept unchanged."""
