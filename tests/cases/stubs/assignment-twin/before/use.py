from old import Old, helper

Old()
