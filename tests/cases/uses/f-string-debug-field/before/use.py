from old import Old

text = f"{Old=}"
