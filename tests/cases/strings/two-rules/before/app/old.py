from app.new import New as Old
from app.thing import Thing as OldThing
