"""Attachments in an S3-compatible storage. Imported only where a site has one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

# Two attempts of one second for the line and three and a half of silence, with the pause between: ten seconds at the very most.
CONNECT_SECONDS, SILENCE_SECONDS, ATTEMPTS = 1, 3.5, 2
IN_MEMORY = 2 * 1024 * 1024


class ObjectStorage(S3Storage):
    """Private, never overwriting, impatient; what fails is an OSError, as with a disk."""

    def get_default_settings(self) -> dict[str, object]:
        return super().get_default_settings() | {
            "bucket_name": settings.ATTACHMENTS_S3_BUCKET,
            "endpoint_url": settings.ATTACHMENTS_S3_ENDPOINT,
            "region_name": settings.ATTACHMENTS_S3_REGION,
            "access_key": settings.ATTACHMENTS_S3_ACCESS_KEY,
            "secret_key": settings.ATTACHMENTS_S3_SECRET_KEY,
            "default_acl": "private",
            "file_overwrite": False,
            "max_memory_size": IN_MEMORY,  # what is read is spooled to disk beyond it
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},  # one origin, the endpoint's, whatever the bucket is called
                connect_timeout=CONNECT_SECONDS,
                read_timeout=SILENCE_SECONDS,
                retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
                # the trailing checksums of today's client are refused by many a storage that is not Amazon's
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            # threads of its own, and five more attempts at a body that stops, would outlast the limit above
            "transfer_config": TransferConfig(use_threads=False, num_download_attempts=1),
        }

    def _open(self, name: str, mode: str = "rb") -> IO[bytes]:
        """Fetched whole, so that whatever goes wrong goes wrong here."""
        with _as_os_errors():
            opened = super()._open(name, mode)
            opened.open()
            return opened

    def _save(self, name: str, content: IO[bytes]) -> str:
        with _as_os_errors():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with _as_os_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _as_os_errors():
            return super().exists(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _as_os_errors():
            return super().listdir(name)

    def get_modified_time(self, name: str) -> datetime:
        with _as_os_errors():
            return super().get_modified_time(name)

    def size(self, name: str) -> int:
        with _as_os_errors():
            return super().size(name)


@contextmanager
def _as_os_errors() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        kind = FileNotFoundError if status == 404 else OSError
        raise kind(f"the object storage answered {status}") from error
    except (BotoCoreError, RetriesExceededError) as error:
        raise OSError(f"the object storage does not answer: {type(error).__name__}") from error
