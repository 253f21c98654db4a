from old import Old

Older = Old
