from fastjson.compat import Decoder
