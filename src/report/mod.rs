//! What people and machines are told: one pure file per output format.
