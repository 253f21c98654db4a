WIDGETS = {"a": {"class": "app.old.Old"}}
