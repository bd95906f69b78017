"""Types into a program on a terminal of its own: arguments are the program and its arguments, standard input is JSON:
pairs of what to wait for and what to type then. Prints what the terminal showed, and the exit status last."""

import json
import os
import pty
import select
import signal
import sys
import time

steps = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    os.execve(sys.argv[1], sys.argv[1:], dict(os.environ, TERM="xterm", NO_COLOR="1"))
shown = b""
deadline = time.monotonic() + 60


def read():
    global shown
    ready, _, _ = select.select([terminal], [], [], 1)
    if ready:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            return False
        shown += chunk
        return bool(chunk)
    return time.monotonic() < deadline


position = 0


def wait(wanted):
    global position
    while (found := shown.find(wanted, position)) < 0 and read():
        pass
    position = max(position, found + len(wanted))


for wanted, typed in steps:
    wait(wanted.encode())
    # What is typed before the prompt is there again goes to the terminal, not to the line.
    if wanted != ">>> ":
        wait(b">>> ")
    os.write(terminal, typed.encode())
while read():
    pass
# One that does not end by itself must not be waited for for ever.
while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
    if time.monotonic() > deadline:
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.02)
sys.stdout.buffer.write(shown)
print("\nstatus", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
