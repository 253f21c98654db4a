from app import old, view
from app.new import New


def vars(module):
    return {"Old": module}


kept = vars(view)["Old"]
own = New().__dict__.get("Old")
name = old.__dict__["__name__"]
