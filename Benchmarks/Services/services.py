"""What the benchmarks of servers share: services on free ports, wrk, what an answer costs, and tables."""

import getpass
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
RELEASE = ROOT / ".build/release"
VENV = ROOT / ".build/bench/services-venv"

# nginx and h2o live where only root looks.
os.environ["PATH"] += ":/usr/local/sbin:/usr/sbin"
# Whoever ends the program ends the services too.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def arguments(seconds, rounds):
    """How many seconds each measurement takes and how often it is taken: the program's arguments, or these."""
    try:
        given = [int(argument) for argument in sys.argv[1:3]]
    except ValueError:
        sys.exit(sys.modules["__main__"].__doc__)
    return given + [seconds, rounds][len(given):]


def need(*programs):
    """Ends the program where one of these is missing; the packages are Debian's."""
    packages = {"nginx": "nginx-light", "h2load": "nghttp2-client"}
    missing = [packages.get(program, program) for program in programs if shutil.which(program) is None]
    if missing:
        sys.exit(f"Please install these (the names are Debian's), then try again: {' '.join(missing)}")


def build(*products):
    """Builds products as for deployment."""
    flags = subprocess.run([ROOT / "scripts/release-flags"], check=True, capture_output=True, text=True).stdout.split()
    for product in products:
        subprocess.run(["swift", "build", "-q", *flags, "--product", product], cwd=ROOT, check=True)


def python(program="python"):
    """A program of the virtual environment with the peers, which is made where it is not there."""
    wanted, installed = HERE / "requirements.txt", VENV / "requirements.txt"
    if not installed.exists() or installed.read_text() != wanted.read_text():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([VENV / "bin/pip", "install", "--quiet", "--requirement", wanted], check=True)
        shutil.copy(wanted, installed)
    return str(VENV / "bin" / program)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Service:
    """A server and the processes that it starts."""

    def __init__(self, command, port, folder=HERE, **environment):
        self.port = port
        self.log = tempfile.TemporaryFile("w+")
        self.leader = subprocess.Popen(
            [str(word) for word in command], cwd=folder, stdout=self.log, stderr=self.log,
            env={**os.environ, **environment})
        deadline = time.monotonic() + 30
        while not self._listens():
            if self.leader.poll() is not None or time.monotonic() > deadline:
                self.log.seek(0)
                self.stop()
                sys.exit(f"It does not listen: {' '.join(map(str, command))}\n{self.log.read()}")
            time.sleep(0.05)
        # The port is open before every worker is there.
        time.sleep(1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def _listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False

    def processes(self):
        """The ids of the server and of all that descend from it."""
        children = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                children.setdefault(int(_fields(entry.name)[1]), []).append(int(entry.name))
            except OSError:
                pass
        found = [self.leader.pid]
        for process in found:
            found += children.get(process, [])
        return found

    def processor_time(self):
        """The seconds that its processes have computed, user and system."""
        ticks = sum(int(count) for process in self.processes() for count in _fields(process)[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Its bytes of memory; pages that its processes share count once."""
        total = 0
        for process in self.processes():
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        return total

    def stop(self):
        processes = self.processes()
        self.leader.terminate()
        try:
            self.leader.wait(10)
        except subprocess.TimeoutExpired:
            for process in processes:
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            self.leader.wait()


MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


class Asked:
    """What wrk found out in some seconds of asking a service over some connections: `rate`, requests a second; `cost`, the
    µs of the service's processor time for each; `median` and `slow`, the milliseconds that half and 99 of a hundred took at
    most. wrk runs on one core where that is said."""

    def __init__(self, service, path="/", seconds=1, connections=16, core=None):
        pinned = [] if core is None else ["taskset", "-c", core]
        before = service.processor_time()
        output = subprocess.run(
            [*pinned, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
             f"http://127.0.0.1:{service.port}{path}"],
            capture_output=True, text=True, check=True).stdout
        computed = service.processor_time() - before
        if "Non-2xx" in output:
            sys.exit(output)
        if lost := re.search(r"Socket errors.*", output):
            print(lost.group(), file=sys.stderr)
        count = int(re.search(r"(\d+) requests in", output)[1])
        self.rate = float(re.search(r"Requests/sec: +([\d.]+)", output)[1])
        self.cost = computed * 1e6 / max(1, count)
        times = {share: float(number) * MILLISECONDS[unit]
                 for share, number, unit in re.findall(r"^ +(50|99)% +([\d.]+)([a-z]+)$", output, re.MULTILINE)}
        self.median, self.slow = times["50"], times["99"]


def _fields(process):
    """The fields of /proc/…/stat behind the name, from the state on."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def configuration(name, folder, written=None, **values):
    """A configuration of this folder with its @NAMES@ filled in, written to the temporary folder, maybe under another name."""
    text = (HERE / name).read_text()
    for key, value in {"FOLDER": folder, "USER": getpass.getuser(), **values}.items():
        text = text.replace(f"@{key}@", str(value))
    path = Path(folder) / (written or name)
    path.write_text(text)
    return path


def raise_descriptor_limit():
    """Allows as many descriptors as the system does, and tells how many that is."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def table(columns, rows):
    """Prints a table as the documentation has it."""
    for row in [columns, ["---"] * len(columns), *rows]:
        print("| " + " | ".join(row) + " |")
