"""The demo's invented offices, people, tickets and announcements. Nothing here runs on another database than the demo's."""
