from pkgutil import resolve_name as r

def take(name):
    return r(f"app.old.{name}"), f"app.old:{name}"

NAME = "Old"
