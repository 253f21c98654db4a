from logging.config import dictConfig

CONFIG = {
    "version": 1,
    "handlers": {"a": {"class": "app.old.Old"}},
    "filters": {"b": {"()": "app.old.Old"}},
}
dictConfig(CONFIG)
dictConfig({"version": 1, "handlers": {"c": {"class": "app.old.Old"}}})
