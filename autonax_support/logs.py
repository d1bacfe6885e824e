import logging


class ErrorReference(logging.Filter):
    """Gives every log line the number that the person saw on the error page, or a dash."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.ref = getattr(getattr(record, "request", None), "error_reference", "-")
        return True
