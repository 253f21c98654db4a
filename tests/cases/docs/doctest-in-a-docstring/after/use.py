def f():
    """Do.

    >>> from app.new import New
    >>> New()  # app.old
    Old
    """
