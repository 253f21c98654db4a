from old import flat

flat([])
