from older import Old

Old()
