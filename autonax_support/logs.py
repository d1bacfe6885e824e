import logging

from autonax_support.persian.identity import veil_national_ids


class ErrorReference(logging.Filter):
    """Gives every log line the number that the person saw on the error page, or a dash."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.ref = getattr(getattr(record, "request", None), "error_reference", "-")
        return True


class VeiledFormatter(logging.Formatter):
    """No national ID in any line: PostgreSQL quotes the whole row that it refuses, and an address may hold what somebody typed."""

    def format(self, record: logging.LogRecord) -> str:
        return veil_national_ids(super().format(record))
