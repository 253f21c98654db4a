import legacy

made = legacy.Manager.create()
