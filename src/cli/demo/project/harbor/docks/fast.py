"""A fallback whose two arms end at the same class."""

try:
    from .registry import DockRegistry as FastRegistry
except ImportError:
    from .core import _DockRegistry as FastRegistry
