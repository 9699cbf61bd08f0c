"""What a lexicon file must hold, and the one check that reports every fault of it."""

from __future__ import annotations

import re
from typing import Any

# Section of the file to prefix of its tags.
SECTIONS = {
    "measures": "", "items": "item:", "units": "", "multipliers": "x:", "numbers": "num:", "months": "month:",
    "qualifiers": "q:", "cues": "c:", "people": "p:", "exclusions": "x!", "periods": "t:", "grammar": "g:",
    "operators": "o:", "land_use": "use:", "ordinals": "ord:", "weekdays": "weekday:",
}  # fmt: skip

REQUIRED = {
    "measures": {"ap", "at", "mine", "uxo", "ordnance", "submunition"},
    "units": {"ha", "km2", "m2", "percent", "currency"},
    "multipliers": {"1000", "1000000"},
    "months": {str(month) for month in range(1, 13)},
    "qualifiers": {"over", "about", "under"},
    "cues": {
        "cleared", "surveyed", "planned", "ordered", "unfinished", "contaminated", "killed", "injured", "victim",
        "mapped", "planted", "handed", "reporting", "background", "cumulative", "total", "of_them", "including",
        "same_order", "partial", "report_reference", "unlocated", "trained", "clearing_place", "mine_word",
        "event", "extent", "demolition", "as_printed",
    },
    "people": {"people", "civilians", "military"},
    "exclusions": {"nouns"},
    "periods": {
        "week", "last_month", "this_month", "last_year", "this_year", "year_start", "next_year", "since",
        "from", "undated", "undated_day", "recent", "to",
        "between", "and", "as_of", "as_of_after", "same_period", "early", "late", "filler", "month_word",
        "year_word", "quarter", "half", "first",
        "second", "third", "fourth", "week_of", "n_months", "late_last_year", "date_end", "today",
    },
    "grammar": {"ceases", "peril",
                "and", "or", "article", "copula", "classifier", "neighbour", "village", "elsewhere", "region",
    "compound"},
    "operators": {"agency", "army", "emergency", "border", "companies", "all", "joint"},
    "land_use": {"agriculture", "transport", "housing", "energy", "other"},
    "numbers": {"1", "2", "3", "10", "100"},
    "items": set(),
}  # fmt: skip
# Entries and sections that a language may do without.
OPTIONAL = {
    "cues": {"these_figures", "police", "asked", "shows",
             "same_places", "already", "ceded", "made", "cancelled", "in_use", "stocked", "precise", "each_time",
             "legal", "at_present", "battle", "called", "found"},
    "periods": {"event_form", "begun", "begins", "moment", "weekday_lead", "weekday_tail",
                "week_ending", "yesterday", "tail", "count_from", "week_before", "month_before", "year_before",
                "decade", "day_word", "hour_word", "past", "past_day", "autumn", "that_period", "then_on", "month_tail",
                "after",
                "year_end"},
    "grammar": {"its_part",
                "and_half", "one_half",
                "intended", "sum", "age", "connective", "but", "aside",
                "grows", "versus", "except", "weak", "seat", "person", "not", "than", "modal", "short_ap",
                "short_at", "identifier", "another", "out_of", "type", "verb",
                "reaches", "also", "too", "remaining", "share", "them", "toll", "each", "such", "tally",
                "direction", "everyone",
                "contrast", "counted", "perfect",
                "apiece", "other_news", "office", "defused", "the_district", "relative", "cities", "venue", "report",
                "clause", "whereabouts",
                "held", "martial", "under_others", "present", "sole", "locality", "multiple", "rate", "went_off",
                "purpose", "the_plot", "the_area", "blows_up",
                "none", "listed", "shrinks", "step", "anaphor", "firearm", "part_of"},
    "forms": {"free_of", "occupied", "work", "reckoned_from", "very", "first_step", "when", "verbal_noun",
              "report_for", "be", "infinitive", "one_of", "polluted", "to_do",
              "2", "3", "4", "5", "6", "7", "possessive", "war_name", "war_epithet",
              "again", "all_of", "whole_of", "districts", "named_before",
              "a_thousand", "ablative", "all_of_it", "converb", "day", "district_noun", "gone", "half_year",
              "in_number", "last", "last_month", "last_ten", "like", "locative", "measures", "month_or_verb",
              "no_plural", "of", "of_thousand", "one_place", "onto", "participle", "partitive", "perfect",
              "plural", "seven_days", "since", "surname", "terminative", "that_day", "that_month", "that_week",
              "the", "the_last", "those", "up_to", "war", "war_or_truce", "week", "which", "years"},
}
_KEYS = {"code": str, "noun_endings": str, "detect": list, "glue": list, "thousands": str}


def lexicon_faults(raw: dict[str, Any]) -> list[str]:
    """Return every fault of a parsed lexicon file; empty when it is sound."""
    faults = [f"{key} missing or not a {kind.__name__}" for key, kind in _KEYS.items()
              if not isinstance(raw.get(key), kind)]
    faults += [f"unknown key {key}" for key in raw if key not in {*SECTIONS, *_KEYS, "forms"}]
    if isinstance(raw.get("noun_endings"), str):
        try:
            re.compile(raw["noun_endings"])
        except re.error as error:
            faults.append(f"noun_endings is no regular expression: {error}")
    for section, required in REQUIRED.items():
        faults += _section_faults(section, raw.get(section), required=required)
    for section in ("ordinals", "weekdays", "forms"):
        faults += _section_faults(section, raw.get(section, {}), required=set())
    return faults


def _section_faults(section: str, entries: object, *, required: set[str]) -> list[str]:
    if not isinstance(entries, dict):
        return [f"section [{section}] missing"]
    faults = [f"[{section}] lacks {entry}" for entry in sorted(required - set(entries))]
    if section in {"measures", "units", "cues", "periods", "grammar", "operators", "qualifiers", "forms"}:
        faults += [f"[{section}] has an unknown entry {entry}" for entry in entries
                   if entry not in required | OPTIONAL.get(section, set())]
    if section in {"multipliers", "numbers", "months", "ordinals", "weekdays"}:
        faults += [f"[{section}] {entry} is no number" for entry in entries if not entry.isdecimal()]
    for entry, terms in entries.items():
        if not isinstance(terms, list):
            faults.append(f"[{section}] {entry} is no list")
            continue
        faults += [f"[{section}] {entry}: {term!r} is no term" for term in terms
                   if not isinstance(term, str) or not term.strip("*~ ")]
        if len(set(map(str, terms))) != len(terms):
            faults.append(f"[{section}] {entry} lists a term twice")
    return faults
