from old import Old
name = "a b"
made = Old()
