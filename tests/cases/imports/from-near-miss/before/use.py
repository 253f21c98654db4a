from older import Old, Older

made = Old(), Older()
