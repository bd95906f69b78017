#!/usr/bin/env python3
"""Compares pages out of a database; scripts/bench-databases calls it. All servers run, each of one process on one core, and are
asked in turns by wrk on the other: so that what else the machine does meets them alike.

    compare.py SECONDS ROUNDS CARAFE PEERS SQLITE-URL POSTGRESQL-URL
"""
import contextlib
import statistics
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Services"))
from services import Asked, Service, free_port, table

PATHS = {"/post/4711": "a row as JSON", "/posts": "20 rows as a page"}


def commands(carafe, peers, sqlite, postgresql):
    """The name, the database, the port and the command of each server; Flask comes behind what is compared with it."""
    psycopg = postgresql.replace("postgresql:", "postgresql+psycopg:")

    def flask(port):
        return [f"{peers}/gunicorn", "-w", "1", "-b", f"127.0.0.1:{port}", "--log-level", "error", "flask_app:app"]

    def fastapi(port):
        return [f"{peers}/uvicorn", "--port", port, "--log-level", "error", "--no-access-log", "fastapi_app:app"]

    def own(port):
        return [carafe, "--port", port, "--threads", "1"]

    for name, url, command in [
        ("Flask, SQLite", sqlite, flask), ("**Carafe**, SQLite", sqlite, own), ("Flask, PostgreSQL", psycopg, flask),
        ("FastAPI, PostgreSQL", postgresql, fastapi), ("**Carafe**, PostgreSQL", postgresql, own),
    ]:
        port = free_port()
        yield name, url, port, command(port)


def spread(values, form="{:,.0f}"):
    """The median and the range."""
    return " ".join(
        [form.format(statistics.median(values)), f"({form.format(min(values))} – {form.format(max(values))})"])


def main():
    seconds, rounds, carafe, peers, sqlite, postgresql = sys.argv[1:]
    figures = {}
    with contextlib.ExitStack() as stack:
        services = {
            name: stack.enter_context(
                Service(["taskset", "-c", "0", *command], port, folder=HERE, DATABASE_URL=url))
            for name, url, port, command in commands(carafe, peers, sqlite, postgresql)
        }
        for path in PATHS:
            for service in services.values():
                Asked(service, path, core="1")
            for _ in range(int(rounds)):
                for name, service in services.items():
                    figures.setdefault((path, name), []).append(Asked(service, path, seconds, core="1"))
    for path, what in PATHS.items():
        rows = []
        for name in services:
            flask = figures[path, "Flask, " + name.split(", ")[1]]
            own = figures[path, name]
            rows.append([
                name, spread([asked.rate for asked in own]),
                f"{statistics.median(asked.cost for asked in own):,.0f} µs",
                spread([asked.rate / other.rate for asked, other in zip(own, flask)], "{:.1f}"),
                spread([other.cost / asked.cost for asked, other in zip(own, flask)], "{:.1f}"),
            ])
        table([what, "requests a second", "CPU a request", "times Flask's, by requests", "by CPU"], rows)
        print()


main()
