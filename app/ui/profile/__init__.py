"""What the profiles of quarters and actors share: their sections, and the form of an offer."""
