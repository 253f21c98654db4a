import fastjson.codec
from fastjson.codec import Decoder
from slowjson.compat import encode

made = Decoder(encode)
again = fastjson.codec.Decoder(fastjson.codec.Decoder.limit)
