//! The name of this machine, for links to its files.

use std::fs;

/// As the system knows itself; empty where it does not say, which means this machine in a URL as well.
pub fn host_name() -> String {
    fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim().to_owned()
}
