import app.new as legacy

made = legacy.New()
