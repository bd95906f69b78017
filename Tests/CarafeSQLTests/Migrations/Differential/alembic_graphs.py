"""Random histories and what Alembic makes of upgrades and downgrades in them: alembic_graphs.py SEED COUNT.

Writes JSON lines: a history, and steps through it with the rows of alembic_version after each, or null where Alembic refuses
in words of its own. Where it fails by an assertion, the step is left out.
"""
import json
import random
import sys
import warnings

from alembic.runtime.migration import HeadMaintainer, RevisionStep
from alembic.script import revision as revisions

warnings.simplefilter("ignore")


class Revision(revisions.Revision):
    class module:
        upgrade = downgrade = staticmethod(lambda: None)


class Heads(HeadMaintainer):
    def _insert_version(self, version):
        assert version not in self.heads
        self.heads.add(version)

    def _delete_version(self, version):
        self.heads.remove(version)

    def _update_version(self, old, new):
        assert new not in self.heads
        self.heads.remove(old)
        self.heads.add(new)


def history(rng):
    """Revisions in an order in which each only follows earlier ones."""
    result = []
    for number in range(rng.randint(1, 9)):
        earlier = [entry["id"] for entry in result]
        heads = [id for id in earlier if not any(id in entry["down"] for entry in result)]
        choice = rng.random()
        if not earlier or choice < 0.12:
            down = []
        elif choice < 0.75:
            down = [rng.choice(heads)]
        elif choice < 0.88 or len(heads) < 2:
            down = [rng.choice(earlier)]
        else:
            down = rng.sample(heads, 2)
        depends = [rng.choice(earlier)] if earlier and rng.random() < 0.15 else []
        depends = [id for id in depends if id not in down]
        labels = [f"label{number}"] if rng.random() < 0.2 else []
        id = "%x%s" % (number + 10, "".join(rng.choice("0123456789abcdef") for _ in range(11)))
        result.append({"id": id, "down": down, "depends": depends, "labels": labels})
    return result


def targets(rng, entries):
    ids = [entry["id"] for entry in entries]
    labels = [label for entry in entries for label in entry["labels"]]
    kind = rng.random()
    if kind < 0.25:
        return rng.choice(["head", "heads", "base", "heads"])
    if kind < 0.5:
        return rng.choice(ids)[: rng.choice([4, 6, 12])]
    if kind < 0.7:
        return rng.choice(["+1", "+2", "-1", "-2", "-1", "+1"])
    if kind < 0.8:
        return rng.choice(ids) + rng.choice(["+1", "-1", "+2", "-2"])
    if not labels:
        return "heads"
    return rng.choice(labels) + "@" + rng.choice(["head", "base", "+1", "-1", "heads"])


def script_map(entries):
    def scalar(values):
        return tuple(values) if len(values) > 1 else values[0] if values else None

    return revisions.RevisionMap(
        lambda: [
            Revision(entry["id"], scalar(entry["down"]), scalar(entry["depends"]), scalar(entry["labels"]))
            for entry in entries
        ]
    )


def move(map_, heads, direction, target):
    """The rows after an upgrade or downgrade, or why there are none."""
    current = tuple(sorted(heads))
    try:
        if direction == "up":
            chosen = map_.iterate_revisions(target, current, implicit_base=True)
            steps = [RevisionStep(map_, script, True) for script in reversed(list(chosen))]
        else:
            chosen = map_.iterate_revisions(current, target, select_for_downgrade=True)
            steps = [RevisionStep(map_, script, False) for script in chosen]
        maintainer = Heads(None, heads)
        for step in steps:
            maintainer.update_to_step(step)
    except revisions.RevisionError:
        return "refused"
    except (AssertionError, KeyError):
        return "failed"
    return set(maintainer.heads)


def main():
    rng = random.Random(int(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        entries = history(rng)
        heads, steps = set(), []
        for _ in range(8):
            direction = "up" if rng.random() < 0.6 else "down"
            target = targets(rng, entries)
            if direction == "down" and len(heads) > 1 and target[0] == "-":
                # Alembic warns that this is ambiguous, and takes any.
                continue
            if direction == "down" and "@head" in target:
                # Alembic forgets the branch here, and finds several heads.
                continue
            after = move(script_map(entries), heads, direction, target)
            if after == "failed":
                continue
            rows = None if after == "refused" else sorted(after)
            steps.append({"direction": direction, "target": target, "rows": rows})
            heads = heads if rows is None else after
        rng.shuffle(entries)
        print(json.dumps({"history": entries, "steps": steps}))


main()
