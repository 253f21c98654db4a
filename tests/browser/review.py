"""The pages of `diff --html` and `audit --html` in a real browser: `review.py PROGRAM [--shots FOLDER]`.

They open without a complaint and without the network, filter, search, fold, jump with the keys, draw families, show hostile
names and source as text, and open 5,000 files or families at once. `--shots` leaves pictures of them, to be looked at.
"""

import argparse
import base64
import itertools
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import families  # noqa: E402
from chromium import Chromium  # noqa: E402

RULES = """
[[rule]]
id = "user-service"
why = "Moved in 2023; half of the callers never followed."
canonical = "shop.users.service:UserService"
aliases = ["shop.legacy.user_service:UserService", "shop.compat:UserSvc"]
strings = "all"
[[rule]]
id = "retry"
canonical = "shop.net.retry:Retry"
aliases = ["shop.util:RetryPolicy"]
"""
HOSTILE = "<img src=x onerror=hacked=1>"
SOURCE = f"""TEXT = '''</script><script>hacked = 1</script><!-- {HOSTILE} \u202e \u2028 '''
from shop.legacy.user_service import UserService  # </script>{HOSTILE}

NAME = "shop.legacy.user_service.UserService"
UserService("<b>&amp;</b>")
"""
FILES = {
    "rules/shop.toml": RULES,
    "shop/__init__.py": "",
    "shop/users/__init__.py": "",
    "shop/users/service.py": "class UserService:\n    def __init__(self, name):\n        self.name = name\n",
    "shop/legacy/__init__.py": "",
    "shop/legacy/user_service.py": "from shop.users.service import UserService\n",
    "shop/compat.py": '"""Names of old."""\nfrom shop.legacy.user_service import UserService\n\nUserSvc = UserService\nLIMIT = 3\n',
    "shop/net/__init__.py": "",
    "shop/net/retry.py": "class Retry:\n    limit = 3\n\n    def wait(self, seconds):\n        return seconds * self.limit\n",
    "shop/net/again.py": "class Retry:\n    limit = 5\n\n    def wait(self, seconds):\n        return seconds * self.limit\n",
    "desk/till.py": "from shop.util import RetryPolicy\n\npolicy = RetryPolicy()\n",
    "shop/odd.py": "from shop.users.service import UserService\n\n\ndef odd():\n    return 1\n\n\nPerson = UserService  # </script>" + HOSTILE + " \u202e\n",
    "shop/util.py": "from shop.net.retry import Retry as RetryPolicy\n",
    "shop/orders/__init__.py": "",
    "shop/orders/api.py": '"""Orders.\n\nOne service for all.\n"""\n'
    "from shop.legacy.user_service import UserService  # the service\nfrom shop.util import RetryPolicy\n\n\n"
    '@cache\ndef service(name: str) -> UserService:\n    """Makes one."""\n    return UserService(name or f"{name!r}", 42)\n\n\n'
    "class Orders:\n    policy = RetryPolicy()\n\n    def find(self, number):\n        yield from ()\n        return self.policy, number\n\n"
    "    def owner(self):\n        # who it is\n        return RetryPolicy('x')",
    "shop/orders/views.py": "import shop.legacy.user_service\n\nx = shop.legacy.user_service.UserService\n",
    "shop/old/report.py": "print 'not Python any more', UserService, shop.legacy.user_service\n",
    "tests/test_shim.py": "from shop.users.service import UserService\nfrom shop.compat import UserSvc\n\n\n"
    "def test_same():\n    assert UserSvc is UserService\n",
    f"shop/{HOSTILE}.py": SOURCE,
    "shop/a<b/script><script>hacked=1<.py": SOURCE,
}


def small_page(program, folder):
    """The page of a small tree with hostile names, written into it twice: it has to come out the same."""
    tree = folder / "tree"
    for path, text in FILES.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(text)
    subprocess.run(["git", "init", "-q", tree], check=True)
    page, before = tree / "review.html", None
    for _ in range(2):
        subprocess.run([program, "diff", "-q", "--html", page], cwd=tree, check=True, capture_output=True)
        assert before in (None, page.read_bytes()), "the page is another one the second time"
        before = page.read_bytes()
    return page


def large_page(small, folder):
    """The same page with 5,000 files."""
    def grow(data):
        files, refusals = data["files"], data["refusals"]
        data["files"] = [dict(files[n % len(files)], path=f"pkg_{n // 40:03}/module_{n:04}.py") for n in range(5000)]
        data["refusals"] = [dict(refusals[n % len(refusals)], line=n) for n in range(3000)]
        return data

    return families.with_data(small, grow, folder / "large.html")


SHOWN = "[...document.querySelectorAll('article.file')].filter(card => card.offsetParent).length"
PLACES = "document.querySelectorAll('.reason li').length"
HERE = "document.querySelector('.here')?.closest('article').getAttribute('aria-label')"


def check_opening(browser, page):
    browser.open(page)
    browser.settle()
    assert browser.value("typeof hacked") == "undefined", "text of the tree was run"
    assert browser.value("document.querySelectorAll('img, script:not([type]):not([nonce])').length") == 0
    assert browser.value("document.querySelectorAll('h1').length") == 1
    numbers = browser.value("data.proof")
    tiles = browser.value("[...document.querySelectorAll('.tiles b')].map(b => +b.textContent)")
    assert tiles[:4] == [numbers[key] for key in ("references", "proven", "refused", "unchanged")], tiles
    assert browser.value(SHOWN) == browser.value("data.files.length") > 5
    labels = browser.value("[...document.querySelectorAll('article.file')].map(card => card.ariaLabel)")
    assert f"shop/{HOSTILE}.py" in labels, labels
    text = browser.value("document.querySelector('#changes').textContent")
    assert f"</script>{HOSTILE}" in text and "<U+202E>" in text and "\u202e" not in text


def check_highlighting(browser):
    card = "document.querySelector('[aria-label=\"shop/orders/api.py\"]')"
    browser.value(f"{card}.scrollIntoView()")
    browser.settle()
    kinds = browser.value(f"[...{card}.querySelectorAll('.code [class]')].map(e => e.className + ' ' + e.textContent)")
    for expected in ["k from", "k import", "c # the service", "a @cache", "d Orders", "k yield", 's """']:
        assert expected in kinds, (expected, kinds)
    assert "s One service for all." in kinds, "a hunk that begins in a string is not coloured as one"
    marked = browser.value(f"[...{card}.querySelectorAll('mark')].map(e => e.textContent)")
    assert any("legacy" in word for word in marked), marked
    assert browser.value(f"{card}.querySelectorAll('.unended').length") == 2


def check_filters(browser):
    everything = browser.value(SHOWN)
    browser.value("document.querySelector('[data-facet=rule][value=retry]').click()")
    some = browser.value(SHOWN)
    assert 0 < some < everything, some
    assert "files" in browser.value("document.querySelector('#shown').textContent")
    browser.value("document.querySelector('[data-facet=rule][value=retry]').click()")
    assert browser.value(SHOWN) == everything
    browser.key("/")
    for letter in "views":
        browser.key(letter)
    browser.settle(0.3)
    assert browser.value(SHOWN) == 1
    browser.key("Escape")
    assert browser.value(SHOWN) == everything
    browser.value("(byId('search').value = 'not valid python', search())")
    assert browser.value(SHOWN) == 0 and browser.value(PLACES) >= 1
    browser.value("(byId('search').value = '', search())")


def check_rules(browser):
    """Each rule has its family before and after, and says how many files read each name."""
    families.check_pictures(browser)
    rules = browser.value("data.rules.map(rule => [rule.before.nodes.length, rule.after.nodes.length])")
    assert browser.value(f"{families.PICTURES}.length") == 2 * len(rules)
    assert rules == [[3, 3], [2, 1]], "the shims that are held stay, the others go"
    text = browser.value("document.querySelector('#rules').textContent")
    assert "5 → 0" in text and "is held" in text and "goes" in text, text


def check_groups(browser):
    for by in ["rule", "kind", "safety", "package"]:
        browser.value(f"(byId('group').value = '{by}', byId('group').dispatchEvent(new Event('change')))")
        assert browser.value(SHOWN) == browser.value("data.files.length")
        heads = browser.value("[...document.querySelectorAll('.package > h3')].map(e => e.textContent)")
        assert heads and all("file" in head and "edit" in head for head in heads), heads
    browser.value("document.querySelector('[data-facet=area][value=desk]').click()")
    assert browser.value(SHOWN) == 1
    browser.value("document.querySelector('[data-facet=area][value=desk]').click()")


def check_keys(browser):
    browser.value("scrollTo(0, 0)")
    paths = browser.value("ordered.map(entry => entry.file.path)")
    for path in paths[:3]:
        browser.key("j")
        assert browser.value(HERE) == path, (browser.value(HERE), path)
    browser.key("k")
    assert browser.value(HERE) == paths[1]
    hunks = browser.value("ordered.slice(1).reduce((sum, entry) => sum + entry.file.hunks.length, 0)")
    for _ in range(hunks):
        browser.key("n")
    assert browser.value(HERE) == paths[-1]
    browser.key("n")
    browser.key("p")
    assert browser.value("document.activeElement.matches('tbody.here, h4')")
    browser.key("u")
    browser.settle()
    assert browser.value("document.querySelectorAll('table.split').length > 0 && !document.querySelector('table.diff:not(.split)')")
    browser.key("u")
    browser.settle()
    assert browser.value("!document.querySelector('table.split')")
    browser.key("k")
    here = browser.value(HERE)
    browser.key("v")
    assert browser.value(f"viewed.has({json.dumps(here)}) && byId('progress').textContent.startsWith('1 of')")
    browser.key("k")
    browser.key("x")
    assert browser.value("!!document.querySelector('.here table')"), "it unfolds"
    browser.key("v")
    assert browser.value("viewed.size") == 0
    browser.key("?")
    assert browser.value("byId('help').open")
    browser.value("document.querySelector('#help button').click()")
    assert not browser.value("byId('help').open")
    browser.value("byId('theme').click()")
    assert browser.value("getComputedStyle(document.documentElement).colorScheme") == "light"
    browser.value("setTheme('system')")


def check_print(browser):
    """Whoever prints gets all that the filters leave, unfolded."""
    browser.value("dispatchEvent(new Event('beforeprint'))")
    assert browser.value("entries.every(entry => entry.isDrawn)")
    assert browser.value(PLACES) == browser.value("data.refusals.length")
    pdf = base64.b64decode(browser.call("Page.printToPDF")["data"])
    assert pdf.startswith(b"%PDF")


def check_contrast(browser):
    """Every colour of text on the ground that it stands on: 4.5 to 1, light and dark."""
    browser.value("""function ratio(ink, ground) {
        const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        const light = (name) => {
            const probe = make('i', { class: 'probe' }); document.body.append(probe); probe.style.color = `var(--${name})`;
            canvas.fillStyle = getComputedStyle(probe).color; probe.remove(); canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
            return .2126 * r + .7152 * g + .0722 * b;
        };
        const [a, b] = [light(ink), light(ground)];
        return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    }""")
    rows = ["card", "plus-row", "minus-row", "plus-word", "minus-word"]
    code = [(ink, ground) for ink in ["ink", "keyword", "string", "comment", "number", "name"] for ground in rows]
    other = [(ink, ground) for ink in ["ink", "faint", "accent"] for ground in ["paper", "card", "soft"]]
    signs = [("plus", "plus-row"), ("minus", "minus-row"), ("plus", "soft"), ("minus", "soft"), ("warn", "warn-row")]
    for is_dark in (False, True):
        browser.dark(is_dark)
        weak = [(pair, browser.value(f"ratio({json.dumps(pair[0])}, {json.dumps(pair[1])})")) for pair in code + other + signs]
        weak = [(pair, round(value, 2)) for pair, value in weak if value < 4.5]
        assert not weak, (is_dark, weak)
    browser.dark(False)


def check_large(browser, page):
    families.open_large(browser, page, "5,000 files")
    for name, script in [("search", "(byId('search').value = 'module_4321', search())"), ("all", "(byId('search').value = '', search())")]:
        print(f"  {name}: {browser.value(f'(() => {{ const begin = performance.now(); {script}; document.body.offsetHeight; return performance.now() - begin }})()'):.0f} ms")
    browser.value("visit(entries[4321])")
    browser.settle()
    assert browser.value("document.querySelector('.here').getBoundingClientRect().top") < 200
    browser.key("j")
    assert browser.value(HERE) == browser.value("entries[4322].file.path")


SIZES = [(1440, 900), (900, 1100), (390, 800)]
VIEWS = {
    "review": ["0", "byId('rules').scrollIntoView()", "visit(entries.find(entry => entry.file.path === 'shop/orders/api.py'))", "setSplit(true)", "(setSplit(false), byId('left').scrollIntoView())"],
    "audit": ["0", "go('f0')", "(go('f1'), document.querySelector('.here').scrollIntoView())", "(unfold(document.querySelectorAll('#problems details')), byId('problems').scrollIntoView())"],
}


def shoot(browser, pages, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for (name, views), (width, height), theme in itertools.product(VIEWS.items(), SIZES, ["light", "dark"]):
        browser.resize(width, height)
        browser.dark(theme == "dark")
        browser.open(pages[name])
        for index, view in enumerate(views):
            browser.value(view)
            browser.settle()
            picture = browser.call("Page.captureScreenshot", format="png")["data"]
            (folder / f"{name}_{width}_{theme}_{index}.png").write_bytes(base64.b64decode(picture))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("--shots", type=Path, help="a folder for pictures of the pages, to be looked at")
    asked = parser.parse_args()
    program = asked.program.resolve()
    with tempfile.TemporaryDirectory() as place, Chromium() as browser:
        folder = Path(place)
        page = small_page(program, folder)
        check_opening(browser, page)
        check_rules(browser)
        check_highlighting(browser)
        check_filters(browser)
        check_groups(browser)
        check_keys(browser)
        check_print(browser)
        check_contrast(browser)
        check_large(browser, large_page(page, folder))
        audit = families.audit_page(program, page.parent)
        families.check_audit(browser, audit)
        families.check_large_audit(browser, families.large_audit(audit, folder))
        if asked.shots:
            shoot(browser, {"review": page, "audit": audit}, asked.shots)
        assert not browser.problems, browser.problems
    print("the pages hold in a browser")


if __name__ == "__main__":
    main()
