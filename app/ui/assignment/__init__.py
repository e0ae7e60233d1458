"""Rules for assignment: their list, their form, and trying them on the bookings that are there."""
