from pkgutil import resolve_name
from app.new import New as Old

def take():
    return resolve_name("app.old:Old")
