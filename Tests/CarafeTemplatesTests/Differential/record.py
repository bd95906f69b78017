"""Writes what the real Jinja2 makes of every case in cases/ to ../Vectors/<subject>.json, a case a line: record.py

With names of subjects, only these. Fails where two cases have one name; leaves out what prints an address.
"""

import importlib
import json
import pathlib
import re
import sys

from oracle import answer, as_line

HERE = pathlib.Path(__file__).parent
VECTORS = HERE.parent / "Vectors"
ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")


def subjects():
    return sorted(path.stem for path in (HERE / "cases").glob("*.py"))


def record(subject):
    """Writes one subject's vectors and returns them."""
    cases = importlib.import_module(f"cases.{subject}").cases.all
    names = set()
    answered = []
    for case in cases:
        if case["name"] in names:
            sys.exit(f"{subject}: two cases are named {case['name']!r}")
        names.add(case["name"])
        result = answer(case)
        if ADDRESS.search(json.dumps(result)):
            print(f"{subject}: left out, as it prints an address: {case['name']}")
            continue
        answered.append(result)
    lines = [as_line(case) for case in answered]
    (VECTORS / f"{subject}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    return answered


def main():
    VECTORS.mkdir(exist_ok=True)
    total = 0
    for subject in sys.argv[1:] or subjects():
        answered = record(subject)
        errors = sum("error" in case for case in answered)
        repaired = sum("original" in case for case in answered)
        print(f"{subject}: {len(answered)} cases, {errors} errors, {repaired} repaired")
        total += len(answered)
    print(f"{total} cases")


if __name__ == "__main__":
    main()
