"""Serves the guestbook's Flask app on a free port, and writes where."""

import logging
import sys
from pathlib import Path

from werkzeug.serving import make_server

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "Examples" / "Migrating" / "flask"))
from app import app

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, app, threaded=True)
print(f"http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
