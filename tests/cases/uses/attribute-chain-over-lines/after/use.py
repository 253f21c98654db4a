import app.new

made = (
    app.new  # the module
    .New()
)
