x = 1  # noqa: app.old.Old
# type: ignore  app.old.Old
