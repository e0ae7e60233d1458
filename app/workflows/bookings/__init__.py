"""Shared by window and command line: what finance booked: files, plan, import, and the bookings themselves."""
