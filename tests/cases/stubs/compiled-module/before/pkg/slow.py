from pkg._speed import Fast as Slow
