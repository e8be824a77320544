//! Rules that hold for the whole program: its shape, what it reads, what it never lets through.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod ambiguous;
mod architecture;
mod breaks;
mod browser;
mod conditions;
mod countries;
mod coverage;
mod damage;
mod drift;
mod editions;
mod fuzz;
mod fuzz_tables;
mod hints;
mod hints_framework;
mod hints_json;
mod hints_package;
mod hostile_files;
mod hostile_strings;
mod identity;
mod json_suite;
mod laws;
mod load;
mod missing_signs;
mod picture;
mod properties;
mod readme;
mod samples;
mod sentinels;
mod tables;
mod tables_beside;
mod twins;
