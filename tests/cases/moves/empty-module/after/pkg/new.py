import re


class Service:
    one = re
