try:
    import app.old
except ImportError:
    print("no app")
