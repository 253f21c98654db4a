PATH = "app.router.New"
