from app import router

def test(mocker):
    mocker.patch("app.router.Old")
    mocker.patch.object(router, "Old")
    mocker.spy(router, "Old")
