from new import New as Old

many: "list[O" "ld]" = []
made = Old()
