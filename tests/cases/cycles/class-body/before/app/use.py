class Box:
    from app.legacy import Old
    made = Old()
