from old import Old

one: "\x4fld" = None
made = Old()
