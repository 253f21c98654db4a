from app import router

def test(monkeypatch):
    monkeypatch.setattr("app.router.New", None)
    monkeypatch.setattr(router, "New", None)
    monkeypatch.delattr(router, "New")
    monkeypatch.delattr("app.router.New")
