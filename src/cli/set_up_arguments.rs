//! `unshim init` and `unshim rules` as typed.

use std::path::PathBuf;

use clap::Args;

use super::arguments::OutputFormat;

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim init                            rules/example.toml here, all of it comments
  unshim init services/shop              in another folder

Nothing is ever overwritten, and a folder that has rules stays as it is.")]
pub(super) struct Init {
    /// The folder that gets `rules/`
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unshim rules                           which packs there are
  unshim rules django                    one of them, as TOML
  mkdir -p rules; unshim rules django > rules/django.toml
                                         make it yours; then `unshim test`, `unshim diff`
  unshim rules --output-format json      the list, for programs")]
pub(super) struct Packs {
    /// Print this pack
    pub(super) name: Option<String>,
    /// How the list is printed
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "name")]
    pub(super) output_format: OutputFormat,
}
