//! Checks and audits of a tree that was looked at before: with what the last one left or without it, the same is found.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::*;

/// A place whose files are old enough to be known by what the system says of them.
fn settled_shop() -> Place {
    let place = shop();
    std::thread::sleep(Duration::from_millis(2_100));
    place
}

/// The one file of the cache.
fn cache(place: &Place) -> Option<PathBuf> {
    let mut files = fs::read_dir(place.state.path().join("cache/unshim")).ok()?;
    let first = files.next()?.ok()?.path();
    assert!(files.next().is_none(), "one question is one file");
    Some(first)
}

/// What a check says, which must be what it says without a cache.
fn check(place: &Place) -> String {
    let shown = place.session("check");
    assert_eq!(shown, place.session("check --no-cache").replace(" --no-cache", ""));
    shown
}

#[test]
fn what_was_found_is_found_again_and_what_changed_is_looked_at() {
    let place = settled_shop();
    assert!(place.session("check --no-cache").contains("US101") && cache(&place).is_none());
    let first = check(&place);
    let kept = fs::read(cache(&place).unwrap()).unwrap();
    assert_eq!(check(&place), first);
    assert_eq!(fs::read(cache(&place).unwrap()).unwrap(), kept, "nothing was written anew");
    let api = place.path().join("shop/api.py");
    let text = fs::read_to_string(&api).unwrap();
    fs::write(&api, format!("\n{text}")).unwrap();
    assert_ne!(check(&place), first);
    fs::write(&api, &text).unwrap();
    assert_eq!(check(&place), first);
    fs::write(place.path().join("shop/more.py"), &text).unwrap();
    assert_ne!(check(&place), first);
    fs::remove_file(place.path().join("shop/more.py")).unwrap();
    fs::write(place.path().join("shop/users.py"), "").unwrap();
    assert_ne!(check(&place), first);
}

/// All files of the cache with what they hold.
fn kept(place: &Place) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(place.state.path().join("cache/unshim")).expect("the cache was made");
    let paths = files.map(|entry| entry.expect("the folder is read").path());
    paths.map(|path| (path.clone(), fs::read(path).expect("a file of the cache is read"))).collect()
}

/// What an audit says, which must be what it says without a cache.
fn audit(place: &Place, asked: &str) -> String {
    let shown = place.session(asked);
    assert_eq!(shown, place.session(&format!("{asked} --no-cache")).replace(" --no-cache", ""));
    shown
}

#[test]
fn an_audit_looks_again_at_what_has_changed_and_at_what_depends_on_it() {
    let place = settled_shop();
    fs::write(place.path().join("log.txt"), "found shop.users.UserService").unwrap();
    let first = audit(&place, "audit");
    let kept = kept(&place);
    assert_eq!(kept.len(), 2, "what was found, and the answers by which it was");
    for asked in ["audit", "audit --name 'User*'", "explain shop.users:UserService", "audit --log log.txt"] {
        audit(&place, asked);
    }
    assert_eq!(self::kept(&place), kept, "nothing was written anew");
    audit(&place, "audit --show-skipped");
    assert_eq!(self::kept(&place).len(), 3);
    let users = place.path().join("shop/users.py");
    let text = fs::read_to_string(&users).unwrap();
    fs::write(&users, format!("\n{text}")).unwrap();
    assert_ne!(audit(&place, "audit"), first, "lines of others have moved");
    fs::write(&users, "").unwrap();
    assert_ne!(audit(&place, "audit"), first);
    fs::write(&users, &text).unwrap();
    assert_eq!(audit(&place, "audit"), first);
    for (path, _) in self::kept(&place) {
        fs::write(path, "broken").unwrap();
    }
    assert_eq!(audit(&place, "audit"), first);
}

#[test]
fn a_broken_cache_is_made_anew_and_one_that_cannot_be_written_does_no_harm() {
    let place = settled_shop();
    let first = check(&place);
    let file = cache(&place).unwrap();
    let whole = fs::read(&file).unwrap();
    let mut other = whole.clone();
    other[whole.len() / 2] ^= 1;
    for broken in [&b""[..], &whole[..40], &whole[1..], &other] {
        fs::write(&file, broken).unwrap();
        assert_eq!(check(&place), first);
        assert_eq!(fs::read(&file).unwrap(), whole);
    }
    fs::remove_file(&file).unwrap();
    fs::remove_dir(file.parent().unwrap()).unwrap();
    fs::write(file.parent().unwrap(), "in the way").unwrap();
    assert_eq!(check(&place), first);
}
