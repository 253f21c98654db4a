from old import Old

__all__ = [name for name in globals() if name[0] != "_"]
made = Old()
