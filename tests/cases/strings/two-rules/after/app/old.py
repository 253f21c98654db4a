from app.thing import Thing as OldThing
