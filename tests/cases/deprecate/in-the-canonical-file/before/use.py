from new import Old

Old()
