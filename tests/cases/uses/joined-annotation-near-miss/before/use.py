from old import Old

many: "list[O" "ld]" = []
made = Old()
