"""What the three sample sets share: reading the facts, printing JSON, checking cards against their framework."""

import csv
import json

WIDTH = 110
WRITTEN_GAPS = {"not-assessed", "no-data", "not-applicable", "withheld"}
MARKS = {"low-reliability", "carried-over", "provisional", "disputed"}
ACTS = {"ratification", "accession", "succession", "acceptance", "approval"}


def rows(facts, name):
    """Every row of one table of facts, as dicts of text; 'NA' is Namibia, never a missing value."""
    with open(facts / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compact(value):
    """JSON without a space."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pretty(value, depth=0):
    """JSON for people and for diffs: whatever fits stays on one line, so a cell is a line."""
    flat = json.dumps(value, ensure_ascii=False)
    nested = isinstance(value, dict) and any(isinstance(v, dict) for v in value.values())
    if not isinstance(value, (dict, list)) or not value or (len(flat) + 2 * depth <= WIDTH and not nested):
        return flat
    pad, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, dict):
        parts = [f"{json.dumps(k, ensure_ascii=False)}: {pretty(v, depth + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(pad + part for part in parts) + "\n" + end + "}"
    return "[\n" + ",\n".join(pad + pretty(part, depth + 1) for part in value) + "\n" + end + "]"


def document(value):
    return pretty(value) + "\n"


def card(framework, country, edition, assessed_on, **rest):
    """The head of a card, in the order files use; `rest` without its empty entries."""
    head = {"schema": "visavis.card/1", "framework": framework["id"], "country": country}
    if "name" in rest:
        head["name"] = rest.pop("name")
    head |= {"edition": edition, "assessed_on": assessed_on}
    return head | {key: value for key, value in rest.items() if value not in (None, [], {}, "")}


def without_empty(cell):
    return {key: value for key, value in cell.items() if value not in (None, "", [])}


def indicators(framework):
    return {i["id"]: i for goal in framework["goals"] for i in goal["indicators"]}


def reason(cell):
    """The gap a cell writes, or None for a given one."""
    return cell.get("gap")


def counts(cards):
    """(cells, given, no data, not applicable, not assessed) over cards."""
    reasons = [reason(cell) for card in cards for cell in card["assessments"].values()]
    return (len(reasons), *(reasons.count(gap) for gap in (None, "no-data", "not-applicable", "not-assessed")))


def treaty_status(cell, day):
    """bound, signed-only or not-signed at the end of `day`; the same rule the program has."""
    if cell["bound"] and cell["bound"] <= day:
        return "bound"
    return "signed-only" if cell["signed"] and cell["signed"] <= day else "not-signed"


def validate(framework, cards):
    """Every indicator known and answered, every level on its scale, every statement sourced: or AssertionError."""
    known, scales = indicators(framework), framework["scales"]
    assert all(i["scale"] in scales for i in known.values())
    for finding in framework["findings"]:
        assert set(finding["indicators"]) <= set(known), finding["id"]
        levels = finding["where"].get("levels", [])
        for indicator in finding["indicators"]:
            assert set(levels) <= level_ids(scales[known[indicator]["scale"]]), finding["id"]
    seen = set()
    for card in cards:
        at = (card["country"], card["edition"])
        assert at not in seen and card["framework"] == framework["id"], at
        seen.add(at)
        assert list(card["assessments"]) == list(known), at
        keys = set(framework["sources"]) | set(card.get("sources", {}))
        for indicator, cell in card["assessments"].items():
            validate_cell((*at, indicator), scales[known[indicator]["scale"]], cell, keys)


def level_ids(scale):
    if scale["kind"] == "yes_no":
        return {"yes", "partial", "no"}
    return {level["id"] for level in scale.get("levels", [])}


def validate_cell(at, scale, cell, keys):
    gap = reason(cell)
    assert gap is None or gap in WRITTEN_GAPS, at
    assert set(cell.get("sources", [])) <= keys and (cell.get("sources") or gap == "not-assessed"), at
    assert set(cell.get("marks", [])) <= MARKS, at
    assert all(value is None or str(value).strip() for value in cell.values()), at
    if gap:
        assert not {"level", "value", "signed", "bound"} & set(cell), at
    elif scale["kind"] in ("levels", "yes_no"):
        assert cell["level"] in level_ids(scale) and set(cell.get("values", [])) <= level_ids(scale), at
    elif scale["kind"] == "number":
        assert isinstance(cell["value"], int) and scale.get("min", 0) <= cell["value"] <= scale.get("max", 10**9), at
    else:
        assert scale["kind"] == "treaty" and {"signed", "bound"} <= set(cell), at
        assert cell.get("act") in ACTS | {None} and bool(cell.get("act")) == bool(cell["bound"]), at
