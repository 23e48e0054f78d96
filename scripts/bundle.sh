#!/bin/sh
# Packs what `cargo build --release` made into a Debian package: both programs, the menu entry that opens feed: and
# web+follow: links, icons, manuals, completions. What it depends on is read from the programs themselves. Installs nothing.
set -eu
cd "$(dirname "$0")/.."

release=${1:-target/release}
# A package beyond this takes a minute on a slow line.
most=15000000

for tool in dpkg-deb dpkg-shlibdeps strip; do
    command -v "$tool" >/dev/null 2>&1 || {
        echo "make bundle needs $tool, which Debian and its kin have in dpkg-dev and binutils." >&2
        exit 1
    }
done

version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"$/\1/p' Cargo.toml)
architecture=$(dpkg --print-architecture)
work=target/bundle
root=$work/root
rm -rf "$work"
mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/share/applications" "$root/usr/share/metainfo" \
    "$root/usr/share/doc/pepites" "$root/usr/share/man/man1" "$root/usr/share/man/fr/man1" \
    "$root/usr/share/bash-completion/completions" "$root/usr/share/zsh/vendor-completions" \
    "$root/usr/share/fish/vendor_completions.d" "$root/usr/share/icons/hicolor/scalable/apps"

for program in pepites-desktop pepites; do
    install -m 755 "$release/$program" "$root/usr/bin/$program"
    strip --strip-unneeded "$root/usr/bin/$program"
done
install -m 644 bundle/pepites-desktop.desktop "$root/usr/share/applications/"
install -m 644 bundle/app.pepites.desktop.metainfo.xml "$root/usr/share/metainfo/"
for size in 32x32 128x128; do
    mkdir -p "$root/usr/share/icons/hicolor/$size/apps"
    install -m 644 "icons/$size.png" "$root/usr/share/icons/hicolor/$size/apps/pepites-desktop.png"
done
mkdir -p "$root/usr/share/icons/hicolor/256x256/apps"
install -m 644 "icons/128x128@2x.png" "$root/usr/share/icons/hicolor/256x256/apps/pepites-desktop.png"
install -m 644 icons/icon.svg "$root/usr/share/icons/hicolor/scalable/apps/pepites-desktop.svg"

pepites=$root/usr/bin/pepites
"$pepites" --quiet --lang en man "$root/usr/share/man/man1"
"$pepites" --quiet --lang fr man "$root/usr/share/man/fr/man1"
find "$root/usr/share/man" -type f -exec gzip -9n {} +
"$pepites" completions bash >"$root/usr/share/bash-completion/completions/pepites"
"$pepites" completions zsh >"$root/usr/share/zsh/vendor-completions/_pepites"
"$pepites" completions fish >"$root/usr/share/fish/vendor_completions.d/pepites.fish"

doc=$root/usr/share/doc/pepites
gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
# The whole of the MIT licence stands in the package; that of Apache is on every Debian.
{ cat bundle/copyright; sed 's/^$/./; s/^/ /' LICENSE-MIT; } >"$doc/copyright"

# dpkg-shlibdeps wants a source package around it.
mkdir -p "$work/debian"
printf 'Source: pepites\n\nPackage: pepites\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O root/usr/bin/pepites-desktop root/usr/bin/pepites | sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ]

find "$root" -type d -exec chmod 755 {} +
size=$(du -sk --exclude=DEBIAN "$root" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
    -e "s/@DEPENDS@/$depends/" bundle/control.in >"$root/DEBIAN/control"
(cd "$root" && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2 >DEBIAN/md5sums)

package=$work/pepites_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz -z9 --build "$root" "$package" >/dev/null
bytes=$(wc -c <"$package")
echo "$package: $bytes bytes"
if [ "$bytes" -gt "$most" ]; then
    echo "It is larger than $most bytes." >&2
    exit 1
fi
