from pub import Old

Old()
