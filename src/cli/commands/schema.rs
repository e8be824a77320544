//! `visavis schema`: prints the JSON Schemas of the file formats and of the reports.

use super::{Exit, Failure};
use crate::{
    cli::{args::SchemaArgs, schema},
    store::output::OutputTarget,
    text::Safe,
};

pub(super) fn run(args: SchemaArgs) -> Result<Exit, Failure> {
    let target = OutputTarget::new(args.to.output, args.to.force);
    let text = schema::text(args.kind, args.report.as_deref());
    let text = text.ok_or_else(|| Safe::fixed("name the report: visavis schema report NAME"))?;
    target.write(text.as_bytes())?;
    Ok(Exit::Done)
}
