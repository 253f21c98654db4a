from new import make as Factory

make = 1
made = Factory(make)
