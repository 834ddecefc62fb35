"""
`python -m portail_cli`, where the `portail` command is not on the path.
"""

from __future__ import annotations

import sys

from .main import main

sys.exit(main())
