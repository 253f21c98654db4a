from two import Second as B
