//! Fuzzing: targets that take any bytes and say which laws do not hold, run by chance (`chance.rs`) in the tests of every
//! day, and guided by coverage (`guided/`, `run`) for as long as one likes.

#[cfg(test)]
mod chance;
mod input;
#[cfg(test)]
mod seeds;
pub(crate) mod targets;
