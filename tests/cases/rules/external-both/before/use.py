import slowjson.compat
from slowjson import compat
from slowjson.compat import OldDecoder, encode

made = OldDecoder(encode)
again = compat.OldDecoder(slowjson.compat.OldDecoder.limit)
