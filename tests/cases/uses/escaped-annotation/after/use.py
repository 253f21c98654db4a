from new import New as Old

one: "\x4fld" = None
made = Old()
