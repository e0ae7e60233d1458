"""Single bookings in the window: entered by hand, and assigned to a budget."""
