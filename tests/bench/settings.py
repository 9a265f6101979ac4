"""The tests' settings with the stock page and the trivial view beside the product."""

from intranet.settings.test import *  # noqa: F403
from intranet.settings.test import INSTALLED_APPS as PRODUCT_APPS

INSTALLED_APPS = ["tests.bench.apps.BenchConfig", *PRODUCT_APPS]
ROOT_URLCONF = "tests.bench.urls"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
