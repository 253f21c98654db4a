from old import Old

__all__ = ["made"]
made = Old()
