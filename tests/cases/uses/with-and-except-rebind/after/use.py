from new import New

def guarded(lock):
    with lock as Old:
        print(Old)

def caught():
    try:
        return 1
    except ValueError as Old:
        return Old
made = New()
