from old import FLAG

seen = FLAG
