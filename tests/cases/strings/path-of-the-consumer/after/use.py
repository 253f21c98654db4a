PATH = "app.router.Old"
