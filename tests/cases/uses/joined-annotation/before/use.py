from old import Old

many: "list[" "Old]" = []
made = Old()
