from fields import Optional as Maybe
