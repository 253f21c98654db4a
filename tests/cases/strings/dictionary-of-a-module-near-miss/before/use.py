from app import old, view
from app.old import Old


def vars(module):
    return {"Old": module}


kept = vars(view)["Old"]
own = Old().__dict__.get("Old")
name = old.__dict__["__name__"]
