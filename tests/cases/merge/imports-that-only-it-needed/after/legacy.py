from base import LIMIT


limit = LIMIT
