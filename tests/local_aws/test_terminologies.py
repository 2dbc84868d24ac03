from collections.abc import Callable
from typing import Any
from urllib.request import urlopen

import pytest
from botocore.exceptions import ClientError

from amts_tui.amazon import model
from tests.local_aws.test_parallel_data import code

CSV = "en,zh,es\nGPU memory,显存,memoria de vídeo\nkernel,核,núcleo\n".encode()


def put(translate: Any, name: str, file: bytes = CSV, file_format: str = "CSV", **data: str) -> Any:
    return translate.import_terminology(
        Name=name,
        MergeStrategy="OVERWRITE",
        TerminologyData={"File": file, "Format": file_format, **data},
    )


def test_terms_are_counted_in_pairs(translate: Any) -> None:
    answer = put(translate, "counted")
    assert list(model.response_problems("ImportTerminology", answer)) == []
    properties = answer["TerminologyProperties"]
    assert properties["TermCount"] == 4
    assert properties["TargetLanguageCodes"] == ["zh", "es"]
    assert properties["SizeBytes"] == len(CSV)
    assert properties["Arn"].endswith("terminology/counted/LATEST")
    assert "Directionality" not in properties


def test_terms_are_applied_exactly_and_case_sensitively(translate: Any) -> None:
    put(translate, "applied")
    answer = translate.translate_text(
        Text="The kernel needs GPU memory, the Kernel too.",
        SourceLanguageCode="en",
        TargetLanguageCode="zh",
        TerminologyNames=["applied"],
    )
    assert "显存" in answer["TranslatedText"]
    assert "Kernel" not in answer["AppliedTerminologies"][0]["Terms"][0]["SourceText"]
    applied = {term["SourceText"]: term["TargetText"] for term in answer["AppliedTerminologies"][0]["Terms"]}
    assert applied == {"kernel": "核", "GPU memory": "显存"}


def test_multi_works_in_every_direction(translate: Any) -> None:
    put(translate, "any", Directionality="MULTI")
    answer = translate.translate_text(
        Text="El núcleo", SourceLanguageCode="es", TargetLanguageCode="zh", TerminologyNames=["any"]
    )
    assert "核" in answer["TranslatedText"]
    put(translate, "one-way", Directionality="UNI")
    answer = translate.translate_text(
        Text="El núcleo", SourceLanguageCode="es", TargetLanguageCode="zh", TerminologyNames=["one-way"]
    )
    assert "核" not in answer["TranslatedText"]


def test_a_second_import_replaces_and_keeps_the_date_of_creation(translate: Any) -> None:
    first = put(translate, "replaced")["TerminologyProperties"]
    second = put(translate, "replaced", b"en\tde\nkernel\tKern\n", "TSV")["TerminologyProperties"]
    assert second["TargetLanguageCodes"] == ["de"]
    assert second["CreatedAt"] == first["CreatedAt"]
    assert second["LastUpdatedAt"] >= first["LastUpdatedAt"]
    with urlopen(translate.get_terminology(Name="replaced")["TerminologyDataLocation"]["Location"]) as file:
        assert file.read() == b"en\tde\nkernel\tKern\n"


@pytest.mark.parametrize(
    ("file", "file_format"),
    [
        (b"", "CSV"),
        (b"kernel,x\n", "CSV"),
        (b"en,zh\na,b,c\n", "CSV"),
        (b"en,zh\n,\n", "CSV"),
        (b"en,zh\n\xff,b\n", "CSV"),
        (b"<tmx/>", "TMX"),
        (b"en," + b",".join(f"{n}".encode() for n in range(11)) + b"\n", "CSV"),
    ],
)
def test_bad_files_are_refused(translate: Any, file: bytes, file_format: str) -> None:
    with pytest.raises(ClientError, match="not formatted correctly") as failed:
        put(translate, "bad", file, file_format)
    assert code(failed) == "InvalidParameterValueException"


def test_tmx_terminologies(translate: Any) -> None:
    tmx = (
        b'<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>kernel</seg></tuv>'
        b'<tuv xml:lang="de"><seg>Kern</seg></tuv></tu></body></tmx>'
    )
    assert put(translate, "tmx", tmx, "TMX")["TerminologyProperties"]["TermCount"] == 1


def test_listing_and_deleting(translate: Any) -> None:
    put(translate, "to-delete")
    pages = translate.get_paginator("list_terminologies").paginate(PaginationConfig={"PageSize": 2})
    names = [properties["Name"] for page in pages for properties in page["TerminologyPropertiesList"]]
    assert "to-delete" in names
    translate.delete_terminology(Name="to-delete")
    for operation in (translate.get_terminology, translate.delete_terminology):
        with pytest.raises(ClientError) as failed:
            operation(Name="to-delete")
        assert code(failed) == "ResourceNotFoundException"


def test_other_formats_are_not_made(translate: Any) -> None:
    put(translate, "formatted")
    with pytest.raises(ClientError) as failed:
        translate.get_terminology(Name="formatted", TerminologyDataFormat="TMX")
    assert code(failed) == "InvalidParameterValueException"


def test_a_job_tells_the_terms_it_applied(
    translate: Any,
    upload: Callable[..., str],
    download: Callable[[str], str],
    job: Callable[..., str],
    finished: Callable[[str], Any],
) -> None:
    put(translate, "in-job")
    upload("in/one.html", "<p>The kernel.</p>")
    properties = finished(job(["zh"], TerminologyNames=["in-job"]))
    folder = properties["OutputDataConfig"]["S3Uri"]
    assert "核" in download(f"{folder}zh.one.html")
    assert '"sourceText": "kernel"' in download(f"{folder}details/zh.auxiliary-translation-details.json")
