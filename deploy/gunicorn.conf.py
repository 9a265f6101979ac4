"""gunicorn behind a reverse proxy on the same machine: ``gunicorn -c deploy/gunicorn.conf.py``."""

import multiprocessing
import os

wsgi_app = "intranet.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WORKERS", multiprocessing.cpu_count() + 1))
worker_class = "sync"  # measured against threads: docs/decisions
timeout = 60
max_requests, max_requests_jitter = 2000, 200  # a leak, should there be one, ends with its worker
accesslog = None  # addresses of pages tell who looked at what; the event ledger is the record
errorlog = "-"
