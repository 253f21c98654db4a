import app.new as legacy

made = legacy.Thing()
