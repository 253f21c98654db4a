from pkg._speed import Fast

Fast()
