//! The command `shizi`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
