"""Lists of other people come in: bookings of finance, master data."""
