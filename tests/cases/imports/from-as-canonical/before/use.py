from old import Old as New

made = New()
