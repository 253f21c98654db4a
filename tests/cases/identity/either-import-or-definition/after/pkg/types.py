try:
    from fast import Json
except ImportError:
    class Json:
        mark = 1
