"""Commands and questions: what finance booked: files, plan, import, and the bookings themselves."""
