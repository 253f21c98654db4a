from pkgutil import resolve_name

def take():
    return resolve_name("app.new:New")
