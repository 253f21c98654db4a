def start():
    import old
