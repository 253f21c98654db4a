from new import flat

flat([])
