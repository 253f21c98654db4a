import legacy

made = legacy.Factory.create(1)
