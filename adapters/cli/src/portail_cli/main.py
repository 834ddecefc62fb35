"""
The `portail` command, word by word.
"""

import argparse
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run `portail` with *arguments*, else those of the process.

    Returns 0, or 2 when there was nothing to understand; a word that it
    does not know raises `SystemExit`, as argparse does.
    """
    parser = argparse.ArgumentParser(
        prog="portail", description="A French family portal."
    )
    parser.parse_args(arguments)
    parser.print_usage(sys.stderr)
    return 2
