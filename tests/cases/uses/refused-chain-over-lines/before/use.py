import app.old

del (
    app.old  # the module
    .Old
)
