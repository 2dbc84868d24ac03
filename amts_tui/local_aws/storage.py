"""The bucket as the service sees it: objects by `s3://` address, through S3's own protocol."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from amts_tui.errors import AmtsError

ACCESS_KEY: Final = "amts-local"
SECRET_KEY: Final = "amts-local-secret"

_BUCKET_NAME: Final = re.compile(r"(?!.*\.\.)[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]")
"""What the service's model takes for a bucket in an `s3://` address, without S3's forbidden double dots."""


def check_bucket_name(name: str) -> None:
    """Raises AmtsError for a name that no bucket can have."""
    if not _BUCKET_NAME.fullmatch(name):
        raise AmtsError(
            f"{name!r} cannot be the name of a bucket",
            remedy="use 3 to 63 small letters, digits, hyphens and dots",
        )


class StorageError(Exception):
    """An object or bucket that cannot be read or written; the message is fit for a job's `Message`."""


@dataclass(frozen=True, slots=True)
class Address:
    """A bucket and the key or key prefix in it."""

    bucket: str
    key: str

    @classmethod
    def parse(cls, uri: str) -> "Address":
        """The address in an `s3://bucket/key` of the model's S3Uri pattern."""
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        return cls(bucket, key)

    @property
    def folder(self) -> str:
        """The key as a prefix of whole folders: empty, or ending in a slash."""
        return f"{self.key.rstrip('/')}/" if self.key.strip("/") else ""


class Storage:
    """S3 at `url`, for the account that owns the local endpoint."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: Any = None

    @property
    def client(self) -> Any:
        """One client for all threads, made when it is first needed."""
        if self._client is None:
            from boto3.session import Session
            from botocore.config import Config

            session = Session(
                aws_access_key_id=ACCESS_KEY, aws_secret_access_key=SECRET_KEY, region_name="us-east-1"
            )
            config = Config(s3={"addressing_style": "path"}, proxies={}, max_pool_connections=20)
            self._client = session.client("s3", endpoint_url=self._url, config=config)
        return self._client

    def make(self, bucket: str, region: str) -> None:
        """Makes an empty bucket; one that is there already is left as it is."""
        try:
            self.region(bucket)
        except StorageError:
            place = {"LocationConstraint": region}
            self.client.create_bucket(Bucket=bucket, CreateBucketConfiguration=place)

    def region(self, bucket: str) -> str:
        """The region of a bucket; raises StorageError if there is none of that name."""
        from botocore.exceptions import ClientError

        try:
            answer = self.client.get_bucket_location(Bucket=bucket)
        except ClientError as error:
            raise StorageError(f"The bucket '{bucket}' does not exist or cannot be accessed.") from error
        return answer.get("LocationConstraint") or "us-east-1"

    def read(self, bucket: str, key: str) -> bytes:
        """The bytes of an object; raises StorageError if it is not there."""
        from botocore.exceptions import ClientError

        try:
            data: bytes = self.client.get_object(Bucket=bucket, Key=key)["Body"].read()
        except ClientError as error:
            raise StorageError(f"The object 's3://{bucket}/{key}' cannot be read.") from error
        return data

    def write(self, bucket: str, key: str, data: bytes, content_type: str) -> None:
        """Store an object; raises StorageError if the bucket is not there."""
        from botocore.exceptions import ClientError

        try:
            self.client.put_object(Bucket=bucket, Key=key, Body=data, ContentType=content_type)
        except ClientError as error:
            raise StorageError(f"The object 's3://{bucket}/{key}' cannot be written.") from error

    def keys(self, bucket: str, prefix: str) -> Iterator[str]:
        """The keys of all objects below `prefix`, folder markers left out; raises StorageError."""
        from botocore.exceptions import ClientError

        try:
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
                yield from (item["Key"] for item in page.get("Contents", []) if not item["Key"].endswith("/"))
        except ClientError as error:
            raise StorageError(f"The folder 's3://{bucket}/{prefix}' cannot be listed.") from error
