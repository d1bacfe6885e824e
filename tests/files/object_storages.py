"""An S3 that runs on this machine, and its clients, each made once: boto3 takes half a second for one."""

from functools import cache

import pytest
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer

from autonax_support.files.object_storage import ObjectStorage

BUCKET = "attachments"


@cache
def one_storage(endpoint: str, **options: object) -> ObjectStorage:
    access = {"access_key": "key", "secret_key": "secret", "region_name": "us-east-1"}
    return ObjectStorage(bucket_name=BUCKET, endpoint_url=endpoint, **access, **options)


@pytest.fixture(scope="module")
def s3():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


def use(settings, endpoint, *, links=True, **options):
    settings.S3, settings.ATTACHMENTS_S3_LINKS = True, links
    backend = {"BACKEND": "tests.files.object_storages.one_storage", "OPTIONS": {"endpoint": endpoint, **options}}
    settings.STORAGES = settings.STORAGES | {"attachments": backend}
    return storages["attachments"]


@pytest.fixture
def bucket(s3, settings, attachments_folder):
    storage = use(settings, s3)
    storage.bucket.create()
    return storage.bucket
