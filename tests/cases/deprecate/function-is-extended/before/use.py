import old

old.Old()
