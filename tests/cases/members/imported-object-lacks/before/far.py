from use import made

made.gone()
