#!/bin/sh
# The web apps' and the wire tools' npm side: installs once per lock file, builds once per source state.
set -eu
cd "$(dirname "$0")/.."

install() { # folder
    stamp="$1/node_modules/.installed-$(cat "$1/package.json" "$1/package-lock.json" | cksum | cut -d' ' -f1)"
    [ -f "$stamp" ] && return
    echo "web: installing the locked npm packages of $1" >&2
    (cd "$1" && npm ci --no-audit --no-fund --loglevel=error >&2)
    touch "$stamp"
}

case "$1" in
wire-tools)
    install proto
    ;;
build)
    install dashboards
    state=$(find dashboards -name node_modules -prune -o -name dist -prune -o -type f -print | LC_ALL=C sort | xargs cat | cksum | cut -d' ' -f1)
    if [ "$(cat dashboards/node_modules/.built 2> /dev/null)" != "$state" ] || [ ! -d dashboards/room/dist ] || [ ! -d dashboards/recruiter/dist ]; then
        echo "web: building the room page and the dashboard" >&2
        (cd dashboards && npm run --silent build >&2)
        echo "$state" > dashboards/node_modules/.built
    fi
    ;;
test)
    install dashboards
    (cd dashboards && npm run --silent lint && npm run --silent typecheck && npm run --silent test)
    ;;
*)
    echo "usage: web.sh wire-tools|build|test" >&2
    exit 2
    ;;
esac
