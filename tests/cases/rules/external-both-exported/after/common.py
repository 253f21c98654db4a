from fastjson.codec import Decoder as OldDecoder
