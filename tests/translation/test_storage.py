"""The bucket: checks, transfers, listings."""

from dataclasses import replace
from pathlib import Path

import pytest

from amts_tui.errors import AmtsError, Cancelled
from amts_tui.translation import storage
from amts_tui.translation.progress import never, silent
from amts_tui.translation.session import Session
from amts_tui.translation.storage import Address, Upload


def test_a_bucket_of_another_region_is_named(session: Session, environment: None) -> None:
    elsewhere = Session(replace(session.settings, region="eu-west-1"))
    elsewhere.s3.create_bucket(
        Bucket="amts-elsewhere", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    with pytest.raises(
        AmtsError, match=r"amts-elsewhere is in eu-west-1, .* in us-west-2 \(set region to eu-west-1"
    ):
        storage.check_bucket(session, "amts-elsewhere")
    storage.check_bucket(elsewhere, "amts-elsewhere")


def test_texts_go_up_and_come_back(session: Session) -> None:
    folder = Address(session.bucket(), "there")
    uploads = [Upload(folder.below(f"a/{n}.txt"), f"text {n} é".encode(), "text/plain") for n in range(30)]
    seen: list[tuple[int, int]] = []
    storage.upload_all(session, uploads, lambda done, total, what: seen.append((done, total)), never)
    assert seen[-1] == (30, 30)
    assert storage.list_folder(session, folder) == sorted(f"a/{n}.txt" for n in range(30))
    assert storage.list_folder(session, Address(session.bucket(), "the")) == []
    assert storage.download_text(session, folder.below("a/7.txt")) == "text 7 é"
    with pytest.raises(AmtsError, match="not in the bucket"):
        storage.download(session, folder.below("b"))


def test_a_file_reports_its_bytes_and_can_be_stopped(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "pairs.tmx"
    file.write_bytes(b"x" * 1_000_000)
    address = Address(session.bucket(), "files/pairs.tmx")
    seen: list[tuple[int, int]] = []
    storage.upload_file(session, file, address, lambda done, total, what: seen.append((done, total)), never)
    assert seen[-1] == (1_000_000, 1_000_000)
    with pytest.raises(Cancelled):
        storage.upload_file(session, file, address, silent, lambda: True)
    with pytest.raises(AmtsError, match="cannot read"):
        storage.upload_file(session, tmp_path / "none", address, silent, never)


def test_addresses() -> None:
    assert Address.parse("s3://b/c/d").below("e").uri == "s3://b/c/d/e"
    assert Address("b", "").below("e").key == "e"
    with pytest.raises(AmtsError, match="is not an address in S3"):
        Address.parse("https://b/c")


def test_the_first_error_ends_the_work() -> None:
    def do(item: int) -> int:
        if item == 3:
            raise AmtsError("three")
        return item

    with pytest.raises(AmtsError, match="three"):
        storage.for_each(do, range(100), str, "counting", silent, never)
    assert storage.for_each(do, range(3), str, "counting", silent, never) == [0, 1, 2]
