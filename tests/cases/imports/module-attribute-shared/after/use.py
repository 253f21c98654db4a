import app.old
import app.new

made = app.new.New(), app.old.KEPT
