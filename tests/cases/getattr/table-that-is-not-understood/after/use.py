import new

new.New()
