#!/usr/bin/env bash
# deploy/backup.sh FOLDER: the database and the local files into FOLDER/<UTC time>, with checksums.
# Needs DATABASE_OWNER_URL. Files in S3 are backed up by the bucket's versioning, not here.
set -euo pipefail
umask 077
[ $# = 1 ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
: "${DATABASE_OWNER_URL:?set DATABASE_OWNER_URL, as docs/operations.md shows}"
here=$(cd "$(dirname "$0")/.." && pwd)
files=${FILES_DIR:-$here/var/files}
target=$1/$(date -u +%Y%m%dT%H%M%SZ)
draft=$target.partial
mkdir -p "$draft"
trap 'rm -rf "$draft"' EXIT

# The database first: a file is stored before the row that names it commits, so that no row of this
# dump names a file that the copy made afterwards lacks.
"${PG_DUMP:-pg_dump}" --format=custom --no-owner --dbname="$DATABASE_OWNER_URL" --file="$draft/database.dump"
if [ -d "$files" ]; then
    tar -C "$files" -cf "$draft/files.tar" .
fi
(cd "$draft" && sha256sum -- * >SHA256SUMS)
mv "$draft" "$target"
trap - EXIT
echo "$target"
