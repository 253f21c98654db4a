"""About app.old.Old.

See :class:`app.old.Old`.
"""
# app.old.Old is fine  
x = "x"  # app.old.Old
