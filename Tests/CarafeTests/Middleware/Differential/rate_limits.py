"""What the limits library (Flask-Limiter's) counts: rate_limits.py SEED COUNT writes COUNT random cases as JSON."""

import json
import random
import sys
import time

from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter

LIMITS = ["2 per minute", "3/10 seconds", "1 per second", "2 per 5 seconds; 4 per minute", "5/hour,2/minute|1/second",
          "3 per 2 minutes", "4 PER DAY", "2perminute", " 3 per 1 hour ; 2/ 30 seconds "]
now = [0.0]
time.time = lambda: now[0]


def case(rng):
    text, moving = rng.choice(LIMITS), rng.random() < 0.5
    limits = sorted(parse_many(text))
    limiter = (MovingWindowRateLimiter if moving else FixedWindowRateLimiter)(MemoryStorage())
    elapsed, times, hits = 0, [0], []
    for _ in range(rng.randint(4, 14)):
        elapsed += rng.choice([37, 250, 700, 2_100, 6_300, 21_000, 65_000])
        # Never exactly at a window's end: there the library itself is not sure.
        while any((elapsed - time) % 1_000 == 0 for time in times):
            elapsed += 1
        times.append(elapsed)
        now[0] = 1_700_000_000 + elapsed / 1_000
        breached = next((limit for limit in limits if not limiter.hit(limit, "client")), None)
        shown = breached or limits[0]
        reset, remaining = limiter.get_window_stats(shown, "client")
        hits.append({
            "time": elapsed, "breached": breached and str(breached), "shown": str(shown), "remaining": max(0, remaining),
            "resetsIn": round((reset - now[0]) * 1_000)})
    return {"limits": text, "moving": moving, "hits": hits}


if __name__ == "__main__":
    rng = random.Random(sys.argv[1])
    print("[")
    print(",\n".join(json.dumps(case(rng)) for _ in range(int(sys.argv[2]))))
    print("]")
