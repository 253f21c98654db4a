class Wagon:
    wheels = 2
