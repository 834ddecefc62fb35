"""
Use cases: stamp, load, decide, keep – one function, one transaction each.

Ports are keyword arguments, so that a host may wire by hand.
"""
