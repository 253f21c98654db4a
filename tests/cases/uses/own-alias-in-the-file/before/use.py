from old import Old

New = Old
