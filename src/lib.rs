//! Review and compare countries: what each card says, what is missing, how two differ.

pub mod edge;
