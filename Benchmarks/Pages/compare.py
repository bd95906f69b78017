#!/usr/bin/env python3
"""Compares pages out of a database; scripts/bench-databases calls it. All servers run, each of one process on one core, and are
asked in turns by wrk on the other: so that what else the machine does meets them alike.

    compare.py SECONDS ROUNDS CARAFE PEERS SQLITE-URL POSTGRESQL-URL
"""
import contextlib
import re
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Services"))
from services import Service, free_port, table

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


def measure(service, path, seconds):
    """Requests a second, and µs of the server's processor time for each."""
    before = service.processor_time()
    output = subprocess.run(
        ["taskset", "-c", "1", "wrk", "-t1", "-c16", f"-d{seconds}s", f"http://127.0.0.1:{service.port}{path}"],
        capture_output=True, text=True, check=True).stdout
    computed = service.processor_time() - before
    if "Non-2xx" in output:
        sys.exit(output)
    count = int(re.search(r"(\d+) requests in", output)[1])
    return float(re.search(r"Requests/sec: +([\d.]+)", output)[1]), computed * 1e6 / count


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
                measure(service, path, 1)
            for _ in range(int(rounds)):
                for name, service in services.items():
                    figures.setdefault((path, name), []).append(measure(service, path, seconds))
    for path, what in PATHS.items():
        rows = []
        for name in services:
            flask = figures[path, "Flask, " + name.split(", ")[1]]
            own = figures[path, name]
            rows.append([
                name, spread([rate for rate, _ in own]),
                f"{statistics.median(cost for _, cost in own):,.0f} µs",
                spread([rate / other for (rate, _), (other, _) in zip(own, flask)], "{:.1f}"),
                spread([other / cost for (_, cost), (_, other) in zip(own, flask)], "{:.1f}"),
            ])
        table([what, "requests a second", "CPU a request", "times Flask's, by requests", "by CPU"], rows)
        print()


main()
