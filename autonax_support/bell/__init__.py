"""The bell: a person's notices, of tickets and of announcements. Here, since only the project knows both."""
