from pkg._speed import Fast

x: Fast
