"""Object storages for the tests, each made once: a client of boto3 takes half a second."""

from functools import cache

from autonax_support.files.object_storage import ObjectStorage

BUCKET = "attachments"


@cache
def one_storage(endpoint: str, **options: object) -> ObjectStorage:
    access = {"access_key": "key", "secret_key": "secret", "region_name": "us-east-1"}
    return ObjectStorage(bucket_name=BUCKET, endpoint_url=endpoint, **access, **options)
