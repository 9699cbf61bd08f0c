"""Measure the reader: accuracy on labelled bulletins, document by document against a baseline, and speed as a ratio.

usage: python benchmarks/extraction.py [--update] [--table]

Accuracy counts, for each labelled document, the facts that came out whole: measure, value, places and days as the
conventions in ``tests/examples/README.md`` ask for them. The sets are those in ``tests/examples`` and, where it lies
beside the checkout, the evaluation set. ``--update`` stores the result as the new baseline, ``--table`` writes
``docs/accuracy.md``. Speed is that of the reader, document by document, over that of a bare token pass on the same text
in the same run, in processor time: the best of several turns of each.
"""

from __future__ import annotations

import argparse
import json
import time
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clearance_atlas.config import load_profile
from clearance_atlas.documents import clean, read_documents
from clearance_atlas.model import Document
from clearance_atlas.statements import extract_statements, to_json
from clearance_atlas.statements.lexicon import load_lexicon
from clearance_atlas.statements.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[1]
BASELINE = ROOT / "benchmarks" / "extraction_baseline.json"
TABLE = ROOT / "docs" / "accuracy.md"
SETS = {
    "labelled": (ROOT / "tests/examples/labelled/texts", ROOT / "tests/examples/labelled/gold"),
    "blind": (ROOT / "tests/examples/blind/texts", ROOT / "tests/examples/blind/gold"),
    "unseen": (ROOT / "tests/examples/unseen/texts", ROOT / "tests/examples/unseen/gold"),
    "fresh": (ROOT / "tests/examples/fresh/texts", ROOT / "tests/examples/fresh/gold"),
    "press": (ROOT / "tests/examples/press/texts", ROOT / "tests/examples/press/gold"),
    "evaluation": (ROOT.parent / "shared/evaluation/texts", ROOT.parent / "shared/evaluation/gold"),
    "articles": (ROOT.parent / "shared/articles", ROOT.parent / "shared/evaluation/gold_articles"),
}
# Share of whole facts at the first reading, before anything was learnt from the texts, and when that was.
FIRST = {
    "labelled": (0.79, "the grammar was developed on it"),
    "blind": (0.45, "scored unread, then learnt from"),
    "unseen L": (0.79, "written after the grammar, then learnt from"),
    "unseen U1": (0.71, "English in freer words, written after the grammar, then learnt from"),
    "unseen U2": (0.57, "Azerbaijani, Russian, Turkish in freer words, written after the grammar, then learnt from"),
    "fresh F": (0.79, "four languages, written without sight of grammar or examples, then partly learnt from"),
    "fresh Z": (0.56, "four languages, the freest wording, written likewise; not learnt from yet"),
    "press 1": (0.67, "English on Azerbaijan and ten other countries, after published reports, then learnt from"),
    "press 2": (0.58, "Azerbaijani, Russian, Turkish, likewise"),
    "press 3": (0.74, "English, when part of the first two was learnt, then learnt from"),
    "press 4": (0.58, "Azerbaijani, Russian, Turkish, at the same time, then learnt from"),
    "press 5": (0.90, "English, when 1 to 3 were learnt, then learnt from"),
    "press 6": (0.75, "Azerbaijani, Russian, Turkish, when 1 to 3 were learnt, then learnt from"),
    "press 7": (0.63, "four languages, when 1 to 5 were learnt, then learnt from"),
    "press 8": (0.74, "English, Azerbaijani, Russian, when all others were learnt, then partly learnt from"),
    "press 9": (0.73, "English on Azerbaijan, when 1 to 8 were learnt, then learnt from"),
    "press A": (0.75, "Azerbaijani, Russian, Turkish, at the same time, then learnt from"),
    "press B": (0.92, "English, when 9 and A were learnt, then learnt from"),
    "press C": (0.77, "Azerbaijani, Russian, Turkish and five other countries, likewise, then learnt from"),
    "press D": (0.92, "English, when most of B and C was learnt, then learnt from in part"),
    "press E": (0.90, "Azerbaijani, Russian, Turkish, likewise, then learnt from in part"),
    "press F": (0.89, "English, when D and E were learnt in part, then learnt from"),
    "press G": (0.92, "Azerbaijani, Russian, likewise, then learnt from"),
    "press H": (0.92, "English, before F was learnt from, then learnt from"),
    "press J": (0.96, "Azerbaijani, Russian, Turkish, while F to H were being learnt, then learnt from"),
    "press K": (0.97, "English, when most of F to H was learnt, then learnt from in part"),
    "press L": (0.99, "English, Azerbaijani, Russian, when F to K were learnt; not learnt from"),
    "evaluation": (0.86, "reworded from real reports, then learnt from"),
    "articles": (None, "five newspaper articles as published, on which the first grammar was built"),
}
HECTARES = {"ha": 1.0, "km2": 100.0, "m2": 1e-4}
ASIDE = ("background", "restates", "planned", "subset")
TURNS = 15


def base(fact: dict[str, Any]) -> float:
    """Return a value in hectares for areas, else as it stands."""
    return float(fact["value"]) * HECTARES.get(fact["unit"], 1.0)


def same_number(fact: dict[str, Any], said: dict[str, Any]) -> bool:
    """Say whether a statement has a fact's measure and number."""
    return fact["measure"] == said["measure"] and abs(base(fact) - base(said)) <= 1e-6 * max(abs(base(fact)), 1.0)


def same_places(fact: dict[str, Any], said: dict[str, Any], *, country: str) -> bool:
    """Say whether a statement covers a fact's places; examples may be given or left out."""
    places = set(said["places"])
    if country != "Azerbaijan":
        return True
    return places == set(fact["districts"]) or (bool(fact.get("districts_partial")) and not places)


def same_days(fact: dict[str, Any], said: dict[str, Any]) -> bool:
    """Say whether a statement has a fact's days, as far as the fact is sure of them."""
    want, have = fact.get("period") or {}, said["period"]
    if want.get("kind") is None:
        return True
    cumulative = want["kind"] == "cumulative"
    if cumulative != (have["kind"] == "cumulative") and not (want.get("start") and want.get("end")):
        return False
    length = {"month": 7, "year": 4}.get(str(want.get("precision")), 10)
    open_year = want.get("year_source") in {"external", "none"}
    for key in ("start", "end"):
        day, known = have[key], want.get(key) or (f"XXXX-{want[f'{key}_md']}" if want.get(f"{key}_md") else None)
        if known is None or (day is None and (open_year or (cumulative and key == "start"))):
            continue
        if day is None or (day[5:] != known[5:] if "XXXX" in day + known else day[:length] != known[:length]):
            return False
    return True


def whole(fact: dict[str, Any], said: dict[str, Any], *, country: str) -> bool:
    """Say whether a statement is a fact, whole."""
    return same_number(fact, said) and same_places(fact, said, country=country) and same_days(fact, said)


def part_of(name: str, document: str) -> str:
    """Return the set of a document: unseen, fresh and press in the parts in which they were written."""
    if name == "press":
        return f"press {document[0]}"
    part = document[:2] if document.startswith("U") else document[:1]
    return f"{name} {part}" if name in {"unseen", "fresh"} else name


Counts = Counter[tuple[str, str, str]]


def judge(name: str) -> tuple[dict[str, list[int]], Counts, Counts]:
    """Return, for one set, whole and all facts by document, and counts of both by (dimension, value, part of a set)."""
    texts, golds = SETS[name]
    documents = read_documents([texts]).documents
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for statement in extract_statements(documents, profile=load_profile()).statements:
        said[statement.document_id.split("_")[0]].append(to_json(statement))
    result: dict[str, list[int]] = {}
    right: Counts = Counter()
    asked: Counts = Counter()
    for path in sorted(golds.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        facts = [fact for fact in gold["facts"] if fact["measure"] != "other" and not fact.get("ambiguous")]
        main = [fact for fact in facts if not any(fact.get(flag) for flag in ASIDE)]
        hits = [any(whole(fact, one, country=gold["country"]) for one in said[gold["id"]]) for fact in main]
        result[f"{name}/{gold['id']}"] = [sum(hits), len(main)]
        part = part_of(name, gold["id"])
        for fact, hit in zip(main, hits, strict=True):
            keys = {("set", part, part), ("language", gold["lang"], name), ("measure", fact["measure"], name)}
            keys |= {("structure", structure, name)
                     for structure in (*gold.get("categories", []), *gold.get("structures", []))}
            asked.update(keys)
            right.update(keys if hit else ())
        news = [one for one in said[gold["id"]] if one["role"] == "news"]
        asked["precision", part, part] += len(news)
        right["precision", part, part] += sum(any(abs(base(fact) - base(one)) <= 1e-6 * max(base(fact), 1.0)
                                            for fact in gold["facts"]) for one in news)
    return result, right, asked


def speed() -> tuple[float, float, float]:
    """Return MB/s of the bare token pass and of the reader, and the second over the first, on the same texts."""
    folders = [texts for texts, _ in SETS.values() if texts.is_dir()]
    documents = [document for folder in folders for document in read_documents([folder]).documents
                 if document.language in {None, "en", "az", "ru", "tr"}]
    size = sum(len(document.cleaned.text.encode()) for document in documents) / 1e6
    profile = load_profile()
    scan = read = float("inf")
    for _ in range(TURNS):
        begin = time.process_time()
        for document in documents:
            tokenize(document.cleaned.text, lexicon=load_lexicon(document.language or "en"))
        middle = time.process_time()
        for document in documents:
            extract_statements([document], profile=profile)
        scan, read = min(scan, middle - begin), min(read, time.process_time() - middle)
    return size / scan, size / read, scan / read


def compare(now: dict[str, list[int]]) -> None:
    """Print what was gained and lost against the stored baseline, document by document, and what is still missed."""
    before = json.loads(BASELINE.read_text("utf-8")) if BASELINE.is_file() else {}
    for document, (hits, asked) in now.items():
        old = before.get(document, [None])[0]
        if old is not None and old != hits:
            print(f"{'gained' if hits > old else 'LOST  '} {document}: {old} -> {hits} of {asked}")
        elif hits < asked:
            print(f"misses {document}: {hits} of {asked}")
    print(f"whole facts: {sum(hits for hits, _ in now.values())} of {sum(asked for _, asked in now.values())}")


def lines(right: Counts, asked: Counts, dimension: str) -> Iterable[str]:
    """Yield the rows of one table of ``docs/accuracy.md``: of each set whole and all facts, and the share of all."""
    for value in sorted({key[1] for key in asked if key[0] == dimension}):
        cells = [f"{right[dimension, value, part]}/{asked[dimension, value, part]}" if asked[dimension, value, part]
                 else "" for part in SETS]
        whole_facts = sum(right[dimension, value, part] for part in SETS)
        facts = sum(asked[dimension, value, part] for part in SETS)
        yield f"| {value} | {' | '.join(cells)} | {whole_facts / facts:.3f} |"


def table(right: Counts, asked: Counts) -> str:
    """Return the page of measured accuracy."""
    examples = tomllib.loads((ROOT / "tests/examples/develop.toml").read_text("utf-8"))["example"]
    failures = tomllib.loads((ROOT / "tests/examples/known_failures.toml").read_text("utf-8")).get("example", [])
    parts = [
        "# Measured accuracy", "",
        "Written by `python benchmarks/extraction.py --table`, not by hand. A fact counts only when it is whole:",
        "measure, value, districts and days. Precision is the share of news statements whose number is a labelled one.",
        "", "**Every set here but `fresh Z` has been learnt from**, so the last columns show only that what was mended",
        "stays mended. The first reading of a set, before anything was learnt from it, is the figure to expect of a",
        "text that the reader has never seen. The sets stand in the order in which they were written: the last ones",
        "tell of the reader as it is. It misses the period or the list of districts, seldom the number.", "",
        f"Besides, {len(examples)} structures in sentences of our own are read as they should, {len(failures)} are",
        "known not to be (`tests/examples/known_failures.toml`).", "",
        "## By set", "", "| set | what it is | first reading | whole now | facts | recall | precision |",
        "|---|---|---|---|---|---|---|",
    ]
    for part, (first, what) in FIRST.items():
        hits, count = right["set", part, part], asked["set", part, part]
        if count:
            precision = right["precision", part, part] / max(1, asked["precision", part, part])
            shares = f"{hits} | {count} | {hits / count:.3f} | {precision:.3f}"
            parts.append(f"| {part} | {what} | {first or ''} | {shares} |")
    for dimension in ("measure", "language", "structure"):
        parts += ["", f"## By {dimension}", "", "Whole facts of all facts, in each set.", "",
                  f"| {dimension} | {' | '.join(SETS)} | recall |", "|---" * (len(SETS) + 2) + "|",
                  *lines(right, asked, dimension)]
    return "\n".join(parts) + "\n"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="store the result as the new baseline")
    parser.add_argument("--table", action="store_true", help="write docs/accuracy.md")
    options = parser.parse_args()
    now: dict[str, list[int]] = {}
    right: Counts = Counter()
    asked: Counts = Counter()
    for name, (texts, golds) in SETS.items():
        if texts.is_dir() and golds.is_dir():
            result, hits, count = judge(name)
            now |= result
            right.update(hits)
            asked.update(count)
    compare(now)
    if options.update:
        BASELINE.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", "utf-8")
    if options.table:
        TABLE.write_text(table(right, asked), "utf-8")
    extract_statements([Document("x", "5 mines", clean("5 mines"), "x", "0")], profile=load_profile())
    scan, read, ratio = speed()
    grammar = 1 / (1 / ratio - 1)  # the reader's own token pass taken off
    print(f"token pass {scan:.2f} MB/s, whole reader {read:.2f} MB/s, ratio {ratio:.2f}; "
          f"grammar alone {grammar:.2f} of the token pass (aim 0.25)")


if __name__ == "__main__":
    main()
