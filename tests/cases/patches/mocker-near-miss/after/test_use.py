from mine import mocker, patch

mocker("app.router.Old")
patch("app.router.Old")
