class NewThing:
    pass
