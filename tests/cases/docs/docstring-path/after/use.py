"""About app.new.New.

See :class:`app.new.New`.
"""
# app.new.New is fine  
x = "x"  # app.new.New
