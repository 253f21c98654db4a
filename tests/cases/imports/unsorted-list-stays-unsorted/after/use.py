from new import Part, Bolt, New

made = New(), Part(), Bolt()
