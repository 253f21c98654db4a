import legacy

made = legacy.Manager()
made.create()
legacy.Manager().create()
