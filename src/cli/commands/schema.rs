//! `visavis schema`: the JSON Schemas of the file formats.

use super::{Exit, Failure};
use crate::{
    cli::{args::SchemaArgs, schema},
    store::output::OutputTarget,
};

pub(super) fn run(args: SchemaArgs) -> Result<Exit, Failure> {
    let target = OutputTarget::new(args.to.output, args.to.force);
    target.write(schema::text(args.kind).as_bytes())?;
    Ok(Exit::Done)
}
