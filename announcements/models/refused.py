class Refused(Exception):
    """A verb that may not happen now; its text is the Persian sentence both doors show."""
