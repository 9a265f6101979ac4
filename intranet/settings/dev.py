"""The dev environment, on its own database and file folder."""

from . import environment
from .databases import databases
from .local import *

ENVIRONMENT = "dev"
DATABASES = databases("intranet")
DEBUG = environment.flag("DEBUG", True)
