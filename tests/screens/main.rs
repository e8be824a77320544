//! Press keys, look at the screen.

mod pictures;
mod screen;
mod behaviour;
mod finding;
mod manual;
mod sizes;
mod review;
mod session;
