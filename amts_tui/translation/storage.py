"""The project's bucket: whether it is there, and texts and files to and from it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from amts_tui.errors import AmtsError
from amts_tui.translation.progress import Cancel, Progress, Throttled, check
from amts_tui.translation.session import Session
from amts_tui.translation.troubles import ServiceError

T = TypeVar("T")
R = TypeVar("R")

_WORKERS: Final = 8
_LOOK_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Address:
    """An object, or a folder of objects, in a bucket."""

    bucket: str
    key: str

    @classmethod
    def parse(cls, uri: str) -> Address:
        """The address in `s3://bucket/key`. Raises AmtsError for anything else."""
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        if not uri.startswith("s3://") or not bucket:
            raise AmtsError(f"{uri!r} is not an address in S3", remedy="write s3://BUCKET/KEY")
        return cls(bucket, key)

    @property
    def uri(self) -> str:
        """`s3://bucket/key`."""
        return f"s3://{self.bucket}/{self.key}"

    def below(self, name: str) -> Address:
        """The address of `name` in this folder."""
        return Address(self.bucket, f"{self.key.rstrip('/')}/{name}".lstrip("/"))


@dataclass(frozen=True, slots=True)
class Upload:
    """What is to become an object."""

    address: Address
    data: bytes
    content_type: str


def check_bucket(session: Session, bucket: str) -> None:
    """Raises AmtsError if the bucket does not exist, may not be used, or is in another region than the
    session.
    """
    try:
        with session.explained(f"use the bucket {bucket}"):
            answer = session.s3.head_bucket(Bucket=bucket)
    except ServiceError as error:
        if error.code in ("404", "NoSuchBucket"):
            make = f"aws s3 mb s3://{bucket}" if session.is_aws else f"amts local --bucket {bucket}"
            raise AmtsError(
                f"the bucket {bucket} does not exist",
                remedy=f"correct bucket under [aws] in amts.toml, or make it with `{make}`",
            ) from error
        raise
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    region = answer.get("BucketRegion") or headers.get("x-amz-bucket-region")
    if region and region != session.region:
        raise AmtsError(
            f"the bucket {bucket} is in {region}, Amazon Translate is called in {session.region}",
            remedy=f"set region to {region}, or use a bucket in {session.region}",
        )


def upload_all(session: Session, uploads: Sequence[Upload], progress: Progress, cancelled: Cancel) -> None:
    """Uploads objects, eight at a time; reports documents. Raises AmtsError, or Cancelled."""

    def put(upload: Upload) -> None:
        with session.explained(f"upload {upload.address.uri}"):
            session.s3.put_object(
                Bucket=upload.address.bucket,
                Key=upload.address.key,
                Body=upload.data,
                ContentType=upload.content_type,
            )

    for_each(put, uploads, lambda upload: upload.address.key, "the upload", progress, cancelled)


def upload_file(
    session: Session, path: Path, address: Address, progress: Progress, cancelled: Cancel
) -> None:
    """Uploads a file of any size; reports bytes. Raises AmtsError, or Cancelled."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise AmtsError(f"cannot read: {error.strerror}", where=str(path), remedy="check the path") from error
    report = Throttled(progress)
    sent = 0
    lock = threading.Lock()

    def count(increment: int) -> None:
        nonlocal sent
        check(cancelled, "the upload")
        with lock:
            sent += increment
            report(sent, size, path.name)

    with session.explained(f"upload {path.name}"):
        session.s3.upload_file(str(path), address.bucket, address.key, Callback=count)


def download(session: Session, address: Address) -> bytes:
    """The bytes of an object. Raises AmtsError."""
    with session.explained(f"download {address.uri}"):
        body: bytes = session.s3.get_object(Bucket=address.bucket, Key=address.key)["Body"].read()
    return body


def download_text(session: Session, address: Address) -> str:
    """The text of an object. Raises AmtsError if it is not UTF-8."""
    try:
        return download(session, address).decode("utf-8")
    except UnicodeDecodeError as error:
        raise AmtsError(f"{address.uri} is not UTF-8", remedy="start the job again") from error


def list_folder(session: Session, folder: Address) -> list[str]:
    """The names of all objects below a folder, relative to it, sorted."""
    prefix = f"{folder.key.rstrip('/')}/".lstrip("/")
    with session.explained(f"list {folder.uri}"):
        pages = session.s3.get_paginator("list_objects_v2").paginate(Bucket=folder.bucket, Prefix=prefix)
        keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
    return sorted(key.removeprefix(prefix) for key in keys if key != prefix)


def for_each(
    do: Callable[[T], R],
    items: Sequence[T],
    name: Callable[[T], str],
    what: str,
    progress: Progress,
    cancelled: Cancel,
) -> list[R]:
    """`do` for every item, eight at a time, results in order; the first error, or Cancelled, ends it."""
    report = Throttled(progress)
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="amts-transfer") as executor:
        futures = {executor.submit(do, item): name(item) for item in items}
        waiting = set(futures)
        try:
            while waiting:
                check(cancelled, what)
                ended, waiting = wait(waiting, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
                for future in ended:
                    future.result()
                    report(len(futures) - len(waiting), len(futures), futures[future])
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise
    return [future.result() for future in futures]
