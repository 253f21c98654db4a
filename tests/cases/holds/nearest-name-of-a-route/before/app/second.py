try:
    from app.first import New
except ImportError:
    New = None
