import slowjson
from slowjson.strict import OldDecoder

made = OldDecoder(slowjson.OldDecoder, slowjson.strict.compat.OldDecoder)
