//! What a card says, what is missing, how two differ. Knows no file, no clock, no environment, no screen.
//!
//! Reading order is import order.

pub mod parallel;
pub mod severity;
pub mod json;
pub mod date;
pub mod period;
pub mod country;
pub mod interval;
pub mod cell;
pub mod obs_status;
pub mod number_signs;
pub mod scale;
pub mod framework;
pub mod framework_json;
pub mod package;
pub mod suspects;
pub mod problem;
pub mod label;
pub mod counts;
pub mod delimited;
pub mod input_file;
pub mod columns;
pub mod detail;
pub mod table_mapping;
pub mod table_reading;
pub mod dataset;
pub mod breaks;
pub mod groups;
pub mod card_json;
pub mod distribution;
pub mod cautions;
pub mod checked;
pub mod subject;
pub mod compare;
pub mod changes;
pub mod coverage;
pub mod findings;
pub mod score;
pub mod search;
pub mod read;
pub mod answer_filter;
pub mod reload_diff;
pub mod report;
