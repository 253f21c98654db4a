class Alpha:
    pass


from app.core.deep import Alpha as Alpha
