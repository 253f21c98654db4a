try:
    from app.new import New
except ImportError:
    New = None
