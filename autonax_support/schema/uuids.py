from uuid import UUID


def as_uuid(value: object) -> UUID | None:
    """None for what is no UUID: such text comes from addresses and forms, and is nothing to fail about."""
    try:
        return UUID(str(value))
    except ValueError:
        return None
