from app.things.thing import Thing

made = Thing()
