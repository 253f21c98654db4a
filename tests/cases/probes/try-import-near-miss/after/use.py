try:
    import app.new
    HAS_NEW = True
except ImportError:
    HAS_NEW = False
