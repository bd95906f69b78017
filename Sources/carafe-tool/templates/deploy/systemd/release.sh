#!/bin/sh
# Puts a version in the place of the one that serves, without losing a request. On the server, as root, with a folder that
# has what a build has made:
#
#     deploy/systemd/release.sh .build/release
#
# The folders that belong to the app are taken from the project around this script.
set -eu
built=${1:?the folder with the executable, such as .build/release}
project=$(cd "$(dirname "$0")/../.." && pwd)
releases=${RELEASES:-/srv/[[ slug ]]}
release=$releases/$(date -u +%Y%m%dT%H%M%SZ)-$$

mkdir -p "$releases"
# Under another name until it is complete.
mkdir "$release.new"
install -m 755 "$built/[[ name ]]" "$release.new/[[ name ]]"
[% for bundle in bundles %]
cp -R "$built/[[ bundle ]]" "$release.new/[[ bundle ]]"
[% endfor %]
[% for folder in folders %]
cp -R "$project/[[ folder.source ]]" "$release.new/[[ folder.name ]]"
[% endfor %]
chmod -R a+rX "$release.new"
mv "$release.new" "$release"

previous=$(readlink "$releases/current" || true)
ln -sfn "$release" "$releases/current.new"
mv -T "$releases/current.new" "$releases/current"

if ! systemctl reload-or-restart [[ slug ]].service; then
    echo "$release does not start: journalctl --unit [[ slug ]]" >&2
    if [ -n "$previous" ]; then
        ln -sfn "$previous" "$releases/current.new"
        mv -T "$releases/current.new" "$releases/current"
        echo "The version before it is current again." >&2
    fi
    exit 1
fi
echo "$release serves."
# The last five stay, to go back to. Their names are times, in order.
find "$releases" -mindepth 1 -maxdepth 1 -type d -name '*Z-*' | sort -r | tail -n +6 | while read -r old; do
    rm -rf "$old"
done
