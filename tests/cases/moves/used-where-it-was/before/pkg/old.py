"""Old."""
import re


class Service:
    pass


default = Service()
