import old

old.DEBUG = True
