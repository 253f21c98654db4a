from slowjson.compat import OldDecoder
