//! Sessions with `audit` and `explain`.

use super::*;

fn market() -> Place {
    let cart = "class Cart:\n    size = 3\n\n    def add(self, item):\n        return item\n";
    Place::new(&[
        ("shop/__init__.py", "from shop.cart import Cart\n"),
        ("shop/cart.py", cart),
        ("shop/old.py", "from shop.cart import Cart\n\nBasket = Cart\n"),
        ("shop/desk.py", "from shop.old import Basket\n\n\ndef serve():\n    return Basket()\n"),
        ("shop/gone.py", "import shop.nowhere\n\nprint \"old\"\n"),
        ("horse/__init__.py", ""),
        ("horse/cart.py", &cart.replace("size = 3", "size = 2")),
        (
            "use.py",
            "import shop.gate\nfrom shop import Cart\nfrom horse.cart import Cart as HorseCart\n\nCart()\nHorseCart()\n",
        ),
    ])
}

#[test]
fn families_are_found_and_told() {
    let place = market();
    let lines = [
        "audit",
        "audit -q --name *Basket",
        "audit --show-skipped -v horse",
        "audit --canonical shop:Cart",
        "audit --canonical shop:Nothing",
        "audit -v --name Nothing",
    ];
    assert_session("audit", &lines.map(|line| place.session(line)).join("\n"));
}

#[test]
fn a_page_of_the_families_is_written_beside_the_report() {
    let place = market();
    let lines = [
        "audit -q --name *Basket --html audit.html",
        "audit --html audit.html --graph svg",
        "audit --html shop/old.py",
    ];
    assert_session("audit_page", &lines.map(|line| place.session(line)).join("\n"));
    let page = std::fs::read_to_string(place.path().join("audit.html")).expect("it is there");
    assert!(page.starts_with("<!doctype html>"));
}

#[test]
fn names_are_explained() {
    let place = market();
    let lines = [
        "explain shop.old:Basket shop.Cart",
        "explain shop/desk.py:5 use.py:2 use.py:3:6 use.py:3:24",
        "explain shop.nothing:Cart shop.old:Bag",
        "explain shop/desk.py:2",
        "explain Cart",
        "explain shop/desk.py",
        "explain shop/nothing.py:1",
        "explain import-circle",
    ];
    assert_session("explain", &lines.map(|line| place.session(line)).join("\n"));
    place.commit();
    let mut below = place.command("explain shop/desk.py:5");
    assert!(below.current_dir(place.path().join("shop")).output().expect("the program runs").status.success());
}

#[test]
fn all_that_a_module_binds_a_name_to_is_explained() {
    let place = Place::new(&[
        ("a.py", "import b\n\nif b.NEW:\n    from b import Cart\nelse:\n    class Cart: ...\n"),
        ("b.py", "NEW = False\n\n\nclass Cart: ...\n\n\nclass Cart:\n    size = 3\n"),
    ]);
    let lines = ["explain a:Cart b:Cart b:NEW", "explain --output-format json b:Cart"];
    assert_session("explain_several", &lines.map(|line| place.session(line)).join("\n"));
}

#[test]
fn machines_get_families_and_routes_as_json() {
    let place = market();
    let lines = ["audit --output-format json", "explain --output-format json shop.old:Basket"];
    assert_session("audit_json", &lines.map(|line| place.session(line)).join("\n"));
}

const LOG: &str = "12:01 WARNING other classes: ['shop.cart.Cart', 'shop.old.Basket', 'shop.Cart.add', \
                   'horse.cart.Cart', 'shop.old.Gone', 'numpy.ndarray', 'shop.old']\n";

#[test]
fn names_in_a_log_are_told_by_object() {
    let place = market();
    place.write("staging.log", LOG);
    place.write("empty.log", "12:01 nothing here\n");
    let json = "audit --log staging.log --output-format json";
    let lines = ["audit --log staging.log", json, "audit --log missing.log", "audit --log empty.log"];
    assert_session("audit_log", &lines.map(|line| place.session(line)).join("\n"));
    place.write("other.log", "other class: horse.cart.Cart\n");
    let lines = ["audit --log staging.log --propose", "audit --log other.log --propose other"];
    assert_session("audit_log_propose", &lines.map(|line| place.session(line)).join("\n"));
}

#[test]
fn proposals_are_written_and_run_as_they_are() {
    let place = market();
    let mut shown = vec![place.session("audit --propose")];
    shown.push(fs::read_to_string(place.path().join("rules/cart.toml")).expect("the file is there"));
    shown.extend(["test", "diff", "audit --propose", "audit --propose again"].map(|line| place.session(line)));
    assert_session("audit_propose", &shown.join("\n"));
}

#[test]
fn a_family_is_drawn_in_three_ways() {
    let place = market();
    let lines = ["audit --graph dot", "audit --name Basket --graph mermaid", "audit --graph svg"];
    assert_session("audit_graph", &lines.map(|line| place.session(line)).join("\n"));
}
