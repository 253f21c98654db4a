from old import Old as A, Old as B

made = A(), B()
