class New:
    pass

other = 1
