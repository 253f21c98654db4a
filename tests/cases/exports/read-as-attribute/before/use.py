import middle

made = middle.Old()
