from new import New

__all__ = ["made"]
made = New()
