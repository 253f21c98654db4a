import app.old as legacy
import app.new

made = app.new.New(), legacy.KEPT
