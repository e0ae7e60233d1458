"""Commands and questions: rules by which bookings find their budget."""
