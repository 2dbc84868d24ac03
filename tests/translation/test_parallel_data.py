"""Parallel data: imports, one at a time, and what a job may use."""

from pathlib import Path
from uuid import uuid4

import pytest

from amts_tui.errors import AmtsError, NotFound
from amts_tui.translation import parallel_data
from amts_tui.translation.locations import download_parallel_data, import_messages
from amts_tui.translation.session import Session

GOOD = "en,es\nThe dog barks.,El perro ladra.\nThe cat sleeps.,El gato duerme.\n"


def uploaded(session: Session, folder: Path, name: str, text: str = GOOD) -> parallel_data.Import:
    file = folder / "pairs.csv"
    file.write_text(text, encoding="utf-8")
    return parallel_data.upload(session, name, file, "CSV", str(uuid4()))


def test_create_then_update_then_delete(session: Session, tmp_path: Path) -> None:
    first = uploaded(session, tmp_path, "animals")
    parallel_data.begin(session, first)
    data = parallel_data.wait(session, "animals")
    assert (data.source_lang, data.target_langs, data.imported) == ("en", ("es",), 2)
    second = uploaded(session, tmp_path, "animals", GOOD + "A bird sings.,Un pájaro canta.\n")
    assert parallel_data.begin(session, second).state == "UPDATING"
    data = parallel_data.wait(session, "animals")
    assert (data.imported, data.s3_uri) == (3, second.s3_uri)
    assert "animals" in [one.name for one in parallel_data.list_all(session)]
    assert parallel_data.delete(session, "animals") == "DELETING"


def test_an_import_is_asked_for_once(session: Session, tmp_path: Path) -> None:
    wanted = uploaded(session, tmp_path, "once")
    parallel_data.begin(session, wanted)
    parallel_data.wait(session, "once")
    again = parallel_data.begin(session, wanted)
    assert again.state == "ACTIVE"
    assert again.created == again.updated or again.imported == 2


def test_a_second_import_waits_for_the_first(session: Session, tmp_path: Path) -> None:
    waited: list[str] = []
    parallel_data.begin(session, uploaded(session, tmp_path, "first"))
    parallel_data.begin(session, uploaded(session, tmp_path, "second"), on_wait=waited.append)
    parallel_data.wait(session, "second")
    assert waited in ([], ["first"] * len(waited))


def test_a_failed_import_says_why(session: Session, tmp_path: Path) -> None:
    parallel_data.begin(session, uploaded(session, tmp_path, "broken", "en,klingon\na,b\n"))
    with pytest.raises(AmtsError, match="the import of the parallel data broken failed: "):
        parallel_data.wait(session, "broken")


def test_what_a_job_may_use(session: Session, tmp_path: Path) -> None:
    parallel_data.begin(session, uploaded(session, tmp_path, "usable"))
    parallel_data.wait(session, "usable")
    parallel_data.check_for_job(session, "usable", "en", ("es",))
    with pytest.raises(AmtsError, match="no translations into zh"):
        parallel_data.check_for_job(session, "usable", "en", ("es", "zh"))
    with pytest.raises(AmtsError, match="translates from en, not from fr"):
        parallel_data.check_for_job(session, "usable", "fr", ("es",))
    with pytest.raises(NotFound, match="there is no parallel data unknown"):
        parallel_data.check_for_job(session, "unknown", "en", ("es",))


def test_names_are_checked_before_the_upload(session: Session, tmp_path: Path) -> None:
    with pytest.raises(AmtsError, match=r"CreateParallelData is not valid: Name"):
        uploaded(session, tmp_path, "two words")


def test_what_was_imported_can_be_had_back(session: Session, tmp_path: Path) -> None:
    parallel_data.begin(session, uploaded(session, tmp_path, "back"))
    parallel_data.wait(session, "back")
    download_parallel_data(session, "back", tmp_path / "got.csv")
    assert (tmp_path / "got.csv").read_text(encoding="utf-8") == GOOD
    with pytest.raises(NotFound, match="there is no parallel data nowhere"):
        download_parallel_data(session, "nowhere", tmp_path / "got.csv")


def test_the_messages_of_an_import_name_its_records(session: Session, tmp_path: Path) -> None:
    parallel_data.begin(session, uploaded(session, tmp_path, "told", GOOD + "x" * 1001 + ",demasiado\n"))
    data = parallel_data.wait(session, "told")
    assert (data.imported, (data.skipped or 0) + (data.failed or 0)) == (2, 1)
    messages = list(import_messages(session, "told"))
    assert len(messages) == 1
    assert "1,000" in messages[0].message or "1000" in messages[0].message
