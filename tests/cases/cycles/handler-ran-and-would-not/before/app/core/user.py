try:
    from app.core.part.deep import Gamma
except ImportError:
    Gamma = None
