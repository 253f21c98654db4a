from old import First, Second

made = First(), Second()
