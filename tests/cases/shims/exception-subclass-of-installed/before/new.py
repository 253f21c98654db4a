from requests import RequestException


class New(RequestException):
    pass
