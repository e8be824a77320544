//! Press keys, look at the screen.

mod pictures;
mod screen;
mod behaviour;
mod colours;
mod copying;
mod cuts;
mod hidden;
mod targets;
mod scores;
mod finding;
mod every_set;
mod answers;
mod manual;
mod mouse;
mod sizes;
mod reading;
mod review;
mod session;
