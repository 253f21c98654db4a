from logging.config import dictConfig

CONFIG = {
    "version": 1,
    "handlers": {"a": {"class": "app.new.New"}},
    "filters": {"b": {"()": "app.new.New"}},
}
dictConfig(CONFIG)
dictConfig({"version": 1, "handlers": {"c": {"class": "app.new.New"}}})
