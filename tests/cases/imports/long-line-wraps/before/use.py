from old import Old as Manager
