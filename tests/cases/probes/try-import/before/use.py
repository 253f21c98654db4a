try:
    import app.old
    HAS_OLD = True
except ImportError:
    HAS_OLD = False
