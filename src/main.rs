//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    visavis::contained::keep_quiet();
    visavis::cli::commands::run(std::env::args_os())
}
