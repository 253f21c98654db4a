from old import A, B, Other

made = A(), B(), Other()
