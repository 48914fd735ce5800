"""Git, and the repositories of users."""
