//! What the Debian package weighs that `scripts/bundle.sh` makes of the release build.

use std::{path::Path, process::Command};

use super::{figures::hold, program};

#[test]
#[ignore = "`make bench` runs it: it packs a release build"]
#[expect(clippy::cast_precision_loss, reason = "some millions")]
fn the_package() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut script = Command::new("sh");
    script.arg("scripts/bundle.sh").arg(program().parent().unwrap()).current_dir(root);
    let output = script.output().unwrap();
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let package = said.lines().last().and_then(|line| line.split(": ").next()).unwrap_or_default();
    let bytes = std::fs::metadata(root.join(package)).map(|file| file.len());
    let bytes = bytes.unwrap_or_else(|error| panic!("no package: {error}\n{said}{complained}"));
    println!("\n| package | MB |\n| --- | ---: |\n| {package} | {:.2} |", bytes as f64 / 1e6);
    hold(&[("window.package.mb", bytes as f64 / 1e6)]);
}
