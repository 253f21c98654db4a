from old import MAX

x = MAX
