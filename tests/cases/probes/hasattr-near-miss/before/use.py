import app.old

has_kept = hasattr(app.old, "KEPT")
