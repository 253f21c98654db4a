from new import Make

made = Make(context=1, user=2)
