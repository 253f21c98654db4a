import types

box = types.SimpleNamespace(old=types.SimpleNamespace(Old=int))
made = box.old.Old()
