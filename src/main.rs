//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    visavis::cli::commands::run(std::env::args_os())
}
