//! What a file has beside its content and its mode: access lists and extended attributes. xattr(7)

use std::fs::File;
use std::io;

use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr};
use rustix::io::Errno;

/// Room for the names, or one value: what Linux allows.
const MOST: usize = 64 << 10;

/// Gives `new` the attributes of `old`, and takes those that it has from its folder.
///
/// # Errors
/// If an access list or an attribute of the user cannot be kept. Those of the system itself are kept where it lets us.
pub(super) fn keep_attributes(old: &File, new: &File) -> io::Result<()> {
    let (wanted, inherited) = (names(old)?, names(new)?);
    for name in inherited.iter().filter(|name| !wanted.contains(name) && is_ours(name)) {
        fremovexattr(new, name.as_str())?;
    }
    for name in &wanted {
        let kept = value(old, name).and_then(|value| fsetxattr(new, name.as_str(), &value, XattrFlags::empty()));
        if let Err(error) = kept
            && is_ours(name)
        {
            return Err(io::Error::other(format!("its attribute `{name}` cannot be kept: {error}")));
        }
    }
    Ok(())
}

/// Whether the owner of a file decides about the attribute.
fn is_ours(name: &str) -> bool {
    name.starts_with("user.") || name.starts_with("system.posix_acl_")
}

/// The names of all attributes; none where the file system has no such thing.
fn names(file: &File) -> io::Result<Vec<String>> {
    let mut room = vec![0_u8; MOST];
    match flistxattr(file, room.as_mut_slice()) {
        Ok(length) => {
            let names = room[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty());
            Ok(names.filter_map(|name| String::from_utf8(name.to_vec()).ok()).collect())
        }
        Err(Errno::NOTSUP | Errno::NOSYS) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn value(file: &File, name: &str) -> Result<Vec<u8>, Errno> {
    let mut room = vec![0_u8; MOST];
    let length = fgetxattr(file, name, room.as_mut_slice())?;
    room.truncate(length);
    Ok(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file in a folder of the tests, and whether the file system knows attributes.
    fn file(attributes: &[(&str, &[u8])]) -> (File, bool) {
        let file = tempfile::tempfile().unwrap();
        let set = |(name, value): &(&str, &[u8])| fsetxattr(&file, *name, value, XattrFlags::empty()).is_ok();
        let is_known = attributes.iter().all(set);
        (file, is_known)
    }

    #[test]
    fn attributes_of_the_old_file_are_those_of_the_new_one() {
        let (old, is_known) = file(&[("user.origin", b"elsewhere"), ("user.empty", b"")]);
        let (new, _) = file(&[("user.inherited", b"from its folder")]);
        keep_attributes(&old, &new).unwrap();
        let mut found = names(&new).unwrap();
        found.retain(|name| is_ours(name));
        found.sort();
        assert_eq!(found, if is_known { vec!["user.empty", "user.origin"] } else { vec![] });
        assert!(!is_known || value(&new, "user.origin").unwrap() == b"elsewhere");
    }
}
