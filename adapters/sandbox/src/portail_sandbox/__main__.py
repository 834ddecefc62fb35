"""
`python -m portail_sandbox`.
"""

import sys

from .command import main

sys.exit(main(sys.argv[1:]))
