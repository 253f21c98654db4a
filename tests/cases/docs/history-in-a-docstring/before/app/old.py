from app.new import NewThing as OldThing
