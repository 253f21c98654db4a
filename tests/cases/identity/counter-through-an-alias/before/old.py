from stats import COUNT
