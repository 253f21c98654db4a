//! The disk: reading the tree, and writing a proven plan. The only floor that names `std::fs`.
