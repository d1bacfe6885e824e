from .attachment import Attachment
from .upload import Upload

__all__ = ["Attachment", "Upload"]
