from hooks import register

register(print)
