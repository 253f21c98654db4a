from fastjson.codec import Decoder
