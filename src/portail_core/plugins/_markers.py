"""
The markers of this project's hooks.
"""

from __future__ import annotations

import pluggy

PROJECT = "portail_core"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Put on a plugin's functions: `@hookimpl def portail_adapters(): …`."""
