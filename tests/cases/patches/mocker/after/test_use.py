from app import router

def test(mocker):
    mocker.patch("app.router.New")
    mocker.patch.object(router, "New")
    mocker.spy(router, "New")
