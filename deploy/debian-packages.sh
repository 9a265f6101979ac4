#!/usr/bin/env bash
# What Debian must give: deploy/debian-packages.sh demo|tests
# Installs only what is missing, without recommended packages and without starting a daemon;
# where it may not install it says in one sentence what to run, and ends with 1.
set -euo pipefail

missing=()
need() { # need PACKAGE TEST...
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}
has() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1"; }
installed() { [ "$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null)" = "install ok installed" ]; }

need python3 has python3
need python3-venv python3 -c 'import ensurepip, venv'
# PDF papers: the text engine of WeasyPrint, and fonts for both scripts
need libpango-1.0-0 installed libpango-1.0-0
need libpangoft2-1.0-0 installed libpangoft2-1.0-0
need libharfbuzz-subset0 installed libharfbuzz-subset0
need fonts-crosextra-carlito installed fonts-crosextra-carlito
need fonts-noto-core installed fonts-noto-core
# the library's search reads PDF files
need poppler-utils has pdftotext
case "${1:-}" in
demo) ;;
tests)
    need chromium-headless-shell has chromium-headless-shell # a window costs a third of chromium's
    need libreoffice-writer-nogui has soffice
    need ceph-mon has ceph-mon
    need ceph-osd has ceph-osd
    need radosgw has radosgw
    need ceph-common has ceph
    need libatomic1 installed libatomic1 # the program that drives Chromium is linked with it
    need gettext has msgfmt
    need git has git
    ;;
*)
    echo "usage: $0 demo|tests" >&2
    exit 2
    ;;
esac

if [ ${#missing[@]} -gt 0 ]; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    if ! has apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
        echo "Please install these and run the command again: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    echo "Installing from Debian: ${missing[*]}"
    policy=/usr/sbin/policy-rc.d # with this file no package starts its daemon
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
        "${as_root[@]}" chmod 755 $policy
        trap '"${as_root[@]}" rm -f $policy' EXIT
    fi
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" apt-get -o Dpkg::Use-Pty=0 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed, this is $(python3 --version)." >&2
    exit 1
fi
