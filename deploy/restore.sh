#!/usr/bin/env bash
# deploy/restore.sh BACKUP: a backup of deploy/backup.sh into the EMPTY database of DATABASE_OWNER_URL
# and the empty files folder. Refuses anything that is not empty; checks the checksums first.
set -euo pipefail
umask 077
[ $# = 1 ] || { echo "usage: $0 BACKUP" >&2; exit 2; }
: "${DATABASE_OWNER_URL:?set DATABASE_OWNER_URL, as docs/operations.md shows}"
here=$(cd "$(dirname "$0")/.." && pwd)
files=${FILES_DIR:-$here/var/files}
(cd "$1" && sha256sum --check --quiet SHA256SUMS)

tables=$("${PSQL:-psql}" --no-psqlrc --tuples-only --no-align --dbname="$DATABASE_OWNER_URL" \
    --command="SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
if [ "$tables" != 0 ]; then
    echo "The database has $tables tables: restore into an empty one (deploy/roles.sql makes it)." >&2
    exit 1
fi
if [ -d "$files" ] && [ -n "$(ls -A "$files")" ]; then
    echo "$files is not empty: move it away first." >&2
    exit 1
fi

# Rights and triggers come with the dump; --no-owner makes the connecting role, psea_owner, own it all.
"${PG_RESTORE:-pg_restore}" --no-owner --exit-on-error --single-transaction --dbname="$DATABASE_OWNER_URL" "$1/database.dump"
if [ -f "$1/files.tar" ]; then
    mkdir -p "$files"
    tar -C "$files" -xf "$1/files.tar"
fi
echo "Restored. Now run: manage.py verify_events"
