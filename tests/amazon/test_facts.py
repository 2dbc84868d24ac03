from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.amazon import jobstates, languages, limits, rates, regions
from amts_tui.amazon.parallel_rules import FORBIDDEN_FIRST, Refusal, refusal


def test_the_service_has_75_languages_and_auto_is_none_of_them() -> None:
    assert len(languages.LANGUAGES) == 75
    assert not languages.is_supported(languages.AUTO)
    assert sum(language.formality for language in languages.LANGUAGES.values()) == 11


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-CN", "zh"),
        ("zh_Hans_CN", "zh"),
        ("zh-Hant", "zh-TW"),
        ("zh-HK", "zh-TW"),
        ("ZH-tw", "zh-TW"),
        ("pt-BR", "pt"),
        ("pt-pt", "pt-PT"),
        ("en_US", "en"),
        ("fr-CA", "fr-CA"),
        ("fr-CH", "fr"),
        ("nb", "no"),
        ("iw", "he"),
        ("tlh", None),
        ("", None),
    ],
)
def test_tags_become_the_services_codes(tag: str, code: str | None) -> None:
    assert languages.normalise_code(tag) == code


@given(st.sampled_from(sorted(languages.LANGUAGES)))
def test_codes_of_the_service_stay(code: str) -> None:
    assert languages.normalise_code(code) == code


def test_portuguese_of_brazil_has_no_formality() -> None:
    assert not languages.LANGUAGES["pt"].formality
    assert languages.LANGUAGES["pt-PT"].formality


def test_batch_is_missing_in_hong_kong_and_act_is_offered_where_batch_is() -> None:
    assert "ap-east-1" not in regions.BATCH_REGIONS
    assert len(regions.BATCH_REGIONS) == 15
    assert regions.ACT_REGIONS < regions.BATCH_REGIONS
    assert regions.partition("us-gov-west-1") == "aws-us-gov"
    assert regions.partition("eu-west-1") == "aws"


def test_active_custom_translation_costs_four_times_as_much() -> None:
    assert rates.estimate_usd(1_000_000, ["zh"], act=False) == Decimal("15.00")
    assert rates.estimate_usd(1_000_000, ["zh", "es"], act=True) == Decimal("120.00")
    assert rates.estimate_usd(1_000_000, ["zh", "en"], source="en", act=True) == Decimal("60.00")
    assert rates.estimate_usd(333, ["zh"], act=False) == Decimal("0.00")
    assert rates.cost_usd(333, act=False) == Decimal("0.004995")


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_cost_is_additive(left: int, right: int) -> None:
    total = rates.cost_usd(left, act=True) + rates.cost_usd(right, act=True)
    assert total == rates.cost_usd(left + right, act=True)


def test_a_job_is_over_in_four_states() -> None:
    over = {state for state in jobstates.JobStatus if jobstates.is_terminal(state)}
    assert over == {"COMPLETED", "COMPLETED_WITH_ERROR", "FAILED", "STOPPED"}
    assert not jobstates.is_terminal("SOMETHING_NEW")


def test_an_update_is_polled_by_its_attempt() -> None:
    assert jobstates.import_state("ACTIVE", "UPDATING") == "UPDATING"
    assert jobstates.import_state("CREATING", None) == "CREATING"


def test_segments_are_measured_in_bytes() -> None:
    assert refusal("值" * 333, "TMX") is None
    assert refusal("值" * 334, "TMX") is Refusal.TOO_LONG
    assert refusal("a" * limits.SEGMENT_BYTES, "CSV") is None
    assert refusal(" \t", "TSV") is Refusal.EMPTY


@pytest.mark.parametrize("first", FORBIDDEN_FIRST)
def test_only_delimited_files_forbid_first_characters(first: str) -> None:
    assert refusal(f"{first} 1", "CSV") is Refusal.FORBIDDEN_FIRST
    assert refusal(f"{first} 1", "TSV") is Refusal.FORBIDDEN_FIRST
    assert refusal(f"{first} 1", "TMX") is None
    assert refusal("\N{EM DASH} 1", "CSV") is None


def test_a_field_stays_on_one_line() -> None:
    assert refusal("one\ntwo", "CSV") is Refusal.LINE_BREAK
    assert refusal("one\ntwo", "TMX") is None
