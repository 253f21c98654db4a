from hooks import register

register("old")
