import slowjson.compat
import fastjson.codec
from fastjson import codec
from slowjson.compat import encode
from fastjson.codec import Decoder

made = Decoder(encode)
again = codec.Decoder(fastjson.codec.Decoder.limit)
