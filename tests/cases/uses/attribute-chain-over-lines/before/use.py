import app.old

made = (
    app.old  # the module
    .Old()
)
