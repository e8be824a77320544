#!/usr/bin/env python3
"""Makes visavis' three sample sets from tables of facts, or checks that the files here are what the facts give.

  python3 sample-data/make.py --facts DIR            write the sets beside this script (or to --out DIR)
  python3 sample-data/make.py --facts DIR --check    say which files differ from what the facts give; exit 1 if any
  python3 sample-data/make.py --check                without the facts: check counts, scales and sources of the files

Standard library only, Python 3.11 or newer; the same facts give the same bytes. README.md has the rules.
"""

import argparse
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from making import child_labour, osce, progress_cards  # noqa: E402

SETS = (child_labour, osce, progress_cards)
HERE = Path(__file__).resolve().parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=Path, metavar="DIR", help="folder of the tables (CSV)")
    parser.add_argument("--out", type=Path, metavar="DIR", default=HERE, help="where the sets are (default: here)")
    parser.add_argument("--check", action="store_true", help="write nothing")
    chosen = parser.parse_args()
    if not chosen.facts and not chosen.check:
        parser.error("--facts DIR is needed to make the sets")
    return chosen


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def cards_in(folder):
    return [one for path in sorted((folder / "cards").glob("*.json")) for one in read(path)]


def check_files(out):
    """The files as they are, without the facts."""
    for one in SETS:
        cards = cards_in(out / one.FOLDER)
        one.check(read(out / one.FOLDER / "framework.json"), cards)
        print(f"{one.FOLDER}: {len(cards)} cards are whole")
    bundle = read(out / child_labour.EMBEDDED)
    folder = out / child_labour.FOLDER
    assert bundle == {"framework": read(folder / "framework.json"), "cards": cards_in(folder)}, "the bundle is stale"


def table(cards):
    """Per edition: cards, cells, given, no data, not applicable, not assessed."""
    from making.common import counts
    print("edition  cards  cells  given  no-data  not-applicable  not-assessed")
    for edition in sorted({card["edition"] for card in cards}):
        of = [card for card in cards if card["edition"] == edition]
        cells, given, no_data, out, unlooked = counts(of)
        print(f"{edition:7}{len(of):7}{cells:7}{given:7}{no_data:9}{out:16}{unlooked:14}")


def main():
    chosen = arguments()
    if not chosen.facts:
        check_files(chosen.out)
        return 0
    files = {path: text for one in SETS for path, text in one.make(chosen.facts).items()}
    owned = {chosen.out / path for path in files}
    stale = [p for one in SETS for p in (chosen.out / one.FOLDER).rglob("*.json") if p not in owned]
    if chosen.check:
        wrong = [p for p, text in files.items()
                 if not (chosen.out / p).is_file() or (chosen.out / p).read_bytes() != text.encode()]
        wrong += [str(path) for path in stale]
        print("\n".join(wrong) if wrong else f"{len(files)} files are what the facts give")
        return 1 if wrong else 0
    for path in stale:
        path.unlink()
    for path, text in files.items():
        (chosen.out / path).parent.mkdir(parents=True, exist_ok=True)
        (chosen.out / path).write_bytes(text.encode())
    for one in SETS:
        print(f"\n{one.FOLDER}")
        table(cards_in(chosen.out / one.FOLDER))
    return 0


if __name__ == "__main__":
    sys.exit(main())
