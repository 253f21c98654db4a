from new import New as Old

many: "list[" "Old]" = []
made = Old()
