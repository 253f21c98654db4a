from new import New

many: "list[" "New]" = []
made = New()
