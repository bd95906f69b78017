"""What Werkzeug's host_is_trusted says: trusted_hosts.py SEED COUNT writes COUNT random cases as JSON."""

import json
import random
import sys

from werkzeug.sansio.utils import host_is_trusted

NAMES = ["example.com", "www.example.com", "a.b.example.com", "badexample.com", "example.com.evil.org", "localhost",
         "127.0.0.1", "xn--bcher-kva.example", "shop.xn--bcher-kva.example", "xn--strae-oqa.example", "example.org"]
LISTED = ["example.com", ".example.com", "localhost", "127.0.0.1", "bücher.example", ".bücher.example", "example.org",
          "straße.example", "日本語.example", "xn--wgv71a119e.example"]
ASCII = ["xn--wgv71a119e.example", "www.xn--wgv71a119e.example"]


def case(rng):
    # Python's codec is that of 2003, which writes ss for ß; browsers and RFC 5891 do not.
    listed = [name for name in rng.sample(LISTED, rng.randint(1, 4)) if "ß" not in name] or ["localhost"]
    host = rng.choice(NAMES + ASCII) + rng.choice(["", "", ":80", ":8080"])
    return {"host": host, "trusted": listed, "answer": host_is_trusted(host, listed)}


if __name__ == "__main__":
    rng = random.Random(sys.argv[1])
    print("[")
    print(",\n".join(json.dumps(case(rng), ensure_ascii=False) for _ in range(int(sys.argv[2]))))
    print("]")
