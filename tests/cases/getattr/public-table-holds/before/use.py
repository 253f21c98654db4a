from public import Old

Old()
