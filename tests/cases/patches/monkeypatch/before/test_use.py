from app import router

def test(monkeypatch):
    monkeypatch.setattr("app.router.Old", None)
    monkeypatch.setattr(router, "Old", None)
    monkeypatch.delattr(router, "Old")
    monkeypatch.delattr("app.router.Old")
