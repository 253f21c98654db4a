"""The page of `audit --html` in a real browser, and the pictures of families on it and on that of `diff --html`."""

import json
import re
import subprocess

SHOWN = "[...document.querySelectorAll('#list > li')].filter(card => card.offsetParent).length"
HERE = "document.querySelector('#list > .here .rule h3')?.textContent"
PICTURES = "document.querySelectorAll('main svg.family[role=img]')"


def audit_page(program, tree):
    """The page of a small tree, written into it twice: it has to come out the same."""
    page, before = tree / "audit.html", None
    for _ in range(2):
        subprocess.run([program, "audit", "-q", "--no-cache", "--html", page], cwd=tree, check=True, capture_output=True)
        assert before in (None, page.read_bytes()), "the page is another one the second time"
        before = page.read_bytes()
    return page


def with_data(page, data, place):
    """The same page with other data."""
    text = page.read_text()
    found = re.search(r'(<script type="application/json"[^>]*>)(.*?)(</script>)', text, re.S)
    if callable(data):
        data = data(json.loads(found[2]))
    place.write_text(text[: found.start(2)] + json.dumps(data).replace("<", "\\u003c") + text[found.end(2):])
    return place


def large_audit(page, folder):
    """The same page with 5,000 families, the first of which has 50 names, and 3,000 problems."""
    def grow(data):
        families = data["families"]
        data["families"] = [dict(families[n % len(families)], canonical=f"pkg_{n // 40:03}:Thing{n:04}") for n in range(5000)]
        nodes = [[f"pkg.module_{n:02}.of_a_long_name.in_a_deep_folder:Thing{'Longer' * (n % 5)}", n % 3, n * n % 97] for n in range(50)]
        edges = [[n, n // 4, "import" if n % 2 else "assignment"] for n in range(1, 45)]
        data["families"][0] = dict(data["families"][0], drawn={"nodes": nodes, "edges": edges})
        data["problems"][0]["places"] = [[[f"a/{n}.py", n], "`x` is odd"] for n in range(3000)]
        return data

    return with_data(page, grow, folder / "large_audit.html")


def check_pictures(browser):
    """Every picture is named, told in words, and within its figure; its labels stand apart."""
    assert browser.value(f"{PICTURES}.length") > 0
    assert browser.value(f"[...{PICTURES}].every(one => one.ariaLabel && one.querySelector('title') && one.querySelector('desc').textContent)")
    wide = browser.value(f"[...{PICTURES}].filter(one => one.getBoundingClientRect().right > one.parentElement.getBoundingClientRect().right + 1).length")
    assert wide == 0, f"{wide} pictures reach out of their figures"
    crossed = browser.value(f"""[...{PICTURES}].flatMap(one => [...one.querySelectorAll('g')].flatMap(row => {{
        const boxes = [...row.querySelectorAll('text, .node')].map(part => part.getBoundingClientRect());
        return boxes.flatMap((a, n) => boxes.slice(n + 1).filter(b =>
            a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4).map(() => row.textContent));
    }}))""")
    assert not crossed, crossed


def check_audit(browser, page):
    browser.open(page)
    browser.settle()
    assert browser.value("typeof hacked") == "undefined", "text of the tree was run"
    assert browser.value("document.querySelectorAll('img, script:not([type]):not([nonce])').length") == 0
    everything = browser.value(SHOWN)
    assert everything == browser.value("data.families.length") >= 2, everything
    assert browser.value("+document.querySelector('.tiles b').textContent") == everything
    browser.value("unfold(document.querySelectorAll('main details'))")
    browser.settle()
    text = browser.value("document.querySelector('main').textContent")
    assert "Person = UserService  # </script><img src=x oner" in text and "\u202e" not in text, text
    assert browser.value("typeof hacked") == "undefined", "text of the tree was run"
    for told in ["shop.compat:UserSvc assignment → ", "Other definitions", "`limit` defaults to", "is no valid Python"]:
        assert told in text, (told, text)
    check_pictures(browser)
    check_audit_filters(browser, everything)
    check_audit_keys(browser)
    browser.value("dispatchEvent(new Event('beforeprint'))")
    assert browser.value("entries.every(entry => entry.part.open)")


def check_audit_filters(browser, everything):
    browser.value("document.querySelector('[data-facet=decision][value=\"needs a decision\"]').click()")
    assert 0 < browser.value(SHOWN) < everything
    browser.value("document.querySelector('[data-facet=decision][value=\"needs a decision\"]').click()")
    browser.key("/")
    for letter in "retrypol":
        browser.key(letter)
    browser.settle(0.3)
    assert browser.value(SHOWN) == 1, browser.value(SHOWN)
    browser.key("Escape")
    assert browser.value(SHOWN) == everything
    browser.value("(byId('search').value = 'nothing at all', search())")
    assert browser.value(SHOWN) == 0 and browser.value("byId('none').offsetParent !== null")
    browser.value("(byId('search').value = '', search())")
    first = browser.value("document.querySelector('#list h3').textContent")
    browser.value("(byId('order').value = 'name', byId('order').dispatchEvent(new Event('change')))")
    names = browser.value("[...document.querySelectorAll('#list h3')].map(name => name.textContent)")
    assert names == sorted(names), names
    browser.value("(byId('order').value = 'cost', byId('order').dispatchEvent(new Event('change')))")
    assert browser.value("document.querySelector('#list h3').textContent") == first


def check_audit_keys(browser):
    browser.value("scrollTo(0, 0)")
    names = browser.value("ordered.map(entry => parted(entry.family.canonical)[1])")
    browser.key("j")
    assert browser.value(HERE) == names[0]
    browser.key("j")
    assert browser.value(HERE) == names[1]
    browser.key("k")
    assert browser.value(HERE) == names[0]
    was = browser.value("document.querySelector('.here details').open")
    browser.key("x")
    assert browser.value("document.querySelector('.here details').open") != was
    browser.key("n")
    assert browser.value("current.family.decisions") > 0
    assert browser.value("document.activeElement.matches('.here summary')")
    browser.key("?")
    assert browser.value("byId('help').open")
    browser.value("document.querySelector('#help button').click()")


def open_large(browser, page, what):
    browser.open(page)
    browser.settle()
    timing = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    opened, nodes = browser.value(timing), browser.value("document.getElementsByTagName('*').length")
    print(f"{what}: {page.stat().st_size / 1e6:.1f} MB, open after {opened:.0f} ms, {nodes} elements")
    assert nodes < 12_000 and opened < 6_000


def check_large_audit(browser, page):
    open_large(browser, page, "5,000 families")
    browser.value("go('f4321')")
    browser.settle()
    assert browser.value(HERE) == "Thing4321"
    for width in (1440, 900, 390):
        browser.resize(width, 900)
        browser.value("go('f0')")
        browser.settle()
        assert browser.value(f"{PICTURES}[0].querySelectorAll('g').length") == 50
        check_pictures(browser)
        assert browser.value("document.documentElement.scrollWidth <= innerWidth"), f"wider than {width}"
    browser.value("unfold(document.querySelectorAll('#problems details'))")
    assert browser.value("document.querySelectorAll('#problems li').length") < 2_000
