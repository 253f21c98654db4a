from old import Old

other = Old()
