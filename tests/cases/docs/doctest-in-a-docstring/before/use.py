def f():
    """Do.

    >>> from app.old import Old
    >>> Old()  # app.old
    Old
    """
