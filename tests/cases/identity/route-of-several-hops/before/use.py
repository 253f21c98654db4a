from older import Older

made = Older()
