"""Rules: rules by which bookings find their budget."""
