from new import make

made = make((x for x in y), cached=1)
