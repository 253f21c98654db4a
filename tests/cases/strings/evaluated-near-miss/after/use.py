from new import New


def evaluate(text):
    return text, New


made = evaluate("Old()"), eval("1 + 1")
