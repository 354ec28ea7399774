"""`python -m config.cli`."""

import sys

from config.cli import main

sys.exit(main())
