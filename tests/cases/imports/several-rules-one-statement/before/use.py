from old import A, B

made = A(), B()
