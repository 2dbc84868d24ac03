"""ImportTerminology, GetTerminology, ListTerminologies, DeleteTerminology."""

from collections.abc import Mapping
from typing import Any

from amts_tui.amazon.limits import TERMINOLOGIES
from amts_tui.local_aws.errors import ServiceError
from amts_tui.local_aws.operations.context import Context
from amts_tui.local_aws.operations.tags import add_tags
from amts_tui.local_aws.pages import page
from amts_tui.local_aws.records import Terminology
from amts_tui.local_aws.terminology_files import UnreadableTerminologyError, parse

Params = Mapping[str, Any]
Answer = dict[str, object]


def import_one(context: Context, params: Params) -> Answer:
    """Create or replace a terminology, at once."""
    holdings, name, data = context.holdings, params["Name"], params["TerminologyData"]
    earlier = holdings.terminologies.get(name)
    if earlier is None and len(holdings.terminologies) >= TERMINOLOGIES:
        raise ServiceError("LimitExceededException", f"The limit is {TERMINOLOGIES} terminologies.")
    try:
        content = parse(data["File"], data["Format"], data.get("Directionality") == "MULTI")
    except UnreadableTerminologyError as error:
        raise ServiceError("InvalidParameterValueException", str(error)) from error
    now = context.clock.now()
    arn = context.arn(f"terminology/{name}/LATEST")
    add_tags(holdings, arn, params.get("Tags", ()))
    terminology = Terminology(
        name=name,
        arn=arn,
        description=params.get("Description"),
        encryption_key=params.get("EncryptionKey"),
        file=data["File"],
        file_format=data["Format"],
        directionality=data.get("Directionality"),
        source=content.source,
        targets=content.targets,
        terms=content.terms,
        term_count=content.count,
        skipped=content.skipped,
        created=earlier.created if earlier else now,
        updated=now,
    )
    holdings.terminologies[name] = terminology
    context.state.files[_file_key(context, name)] = terminology.file
    return {"TerminologyProperties": _properties(terminology)}


def get(context: Context, params: Params) -> Answer:
    """The properties of a terminology and the presigned location of its file, in the format of its import."""
    terminology = context.holdings.get_terminology(params["Name"])
    if params.get("TerminologyDataFormat", terminology.file_format) != terminology.file_format:
        message = f"The local endpoint returns a terminology as it was imported ({terminology.file_format})."
        raise ServiceError("InvalidParameterValueException", message)
    return {
        "TerminologyProperties": _properties(terminology),
        "TerminologyDataLocation": context.location(_file_key(context, terminology.name)),
    }


def list_all(context: Context, params: Params) -> Answer:
    """One page of the terminologies, by name."""
    items, token = page(
        sorted(context.holdings.terminologies.values(), key=lambda terminology: terminology.name),
        lambda terminology: terminology.name,
        params.get("NextToken"),
        params.get("MaxResults"),
        "InvalidParameterValueException",
    )
    return {
        "TerminologyPropertiesList": [_properties(terminology) for terminology in items],
        "NextToken": token,
    }


def delete(context: Context, params: Params) -> Answer:
    """Delete a terminology, at once."""
    terminology = context.holdings.get_terminology(params["Name"])
    del context.holdings.terminologies[terminology.name]
    context.holdings.tags.pop(terminology.arn, None)
    context.state.files.pop(_file_key(context, terminology.name), None)
    return {}


def _file_key(context: Context, name: str) -> str:
    return f"{context.holdings.account}/{context.holdings.region}/terminology/{name}"


def _properties(terminology: Terminology) -> Answer:
    found: Answer = {
        "Name": terminology.name,
        "Arn": terminology.arn,
        "Description": terminology.description,
        "SourceLanguageCode": terminology.source,
        "TargetLanguageCodes": list(terminology.targets),
        "EncryptionKey": terminology.encryption_key,
        "SizeBytes": len(terminology.file),
        "TermCount": terminology.term_count,
        "SkippedTermCount": terminology.skipped,
        "CreatedAt": terminology.created,
        "LastUpdatedAt": terminology.updated,
        "Directionality": terminology.directionality,
        "Format": terminology.file_format,
    }
    return {name: value for name, value in found.items() if value is not None}
