//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    visavis::edge::commands::run(std::env::args_os())
}
