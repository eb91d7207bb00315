# shellcheck shell=bash
# Commands that run beside or without the server: import, demo, simulate, bench.

import_file() {
    [ $# -ge 2 ] || fail 2 "Usage: ./airmap import KIND FILE [--dry-run]" "KIND: counties, firms, parameters, plants"
    [ -r "$2" ] && [ ! -d "$2" ] || die "The file $2 cannot be read."
    beside_server import "$@"
}

redecide() {
    beside_server redecide "$@"
}

# A verb of the server program that works on the database of this installation.
beside_server() {
    open_home
    require_dotnet
    require_packages
    stop_on_signals 130
    # A running server keeps its database; otherwise the database runs for this command only.
    if recall_process server >/dev/null && uses_private_database; then
        start_postgres
        PG_STARTED=
        connect_private
    else
        lock_home
        open_database
    fi
    dotnet "$BUILD/server/Linfen.AirMap.dll" "$@"
}

# Needs no database: what it explains is not stored.
hj212() {
    open_home
    require_dotnet
    build_server >&2
    dotnet "$BUILD/server/Linfen.AirMap.dll" hj212 "$@"
}

# Needs no database either; the map it draws needs the Chinese font.
heat_sources() {
    open_home
    require_dotnet
    [ "${1:-}" != evaluate ] || require_font
    build_server >&2
    dotnet "$BUILD/server/Linfen.AirMap.dll" heat-sources "$@"
}

simulate() {
    open_home
    require_dotnet
    build_simulator
    SERVER_URL=$(recall_process server >/dev/null && cat -- "$RUN/server.url" || printf %s "$SERVER_URL")
    AIRMAP_KEY=${AIRMAP_KEY:-$(cat -- "$RUN/local-key" 2>/dev/null || true)} AIRMAP_HTTP_PORT=${SERVER_URL##*:} dotnet "$BUILD/simulator/Linfen.AirMap.Simulator.dll" "$@"
}

demo() {
    simulate demo "$@"
}

bench() {
    open_home
    require_dotnet
    require_node
    # One of them is the wall in a browser.
    require_packages browser
    build_client
    # What is measured is the server that a user runs.
    build_server
    step "Building the benchmarks" build_tests tests/Linfen.AirMap.Benchmarks
    AIRMAP_TEST_SERVER=$BUILD/server/Linfen.AirMap.dll dotnet "$ROOT/tests/Linfen.AirMap.Benchmarks/bin/Release/net10.0/Linfen.AirMap.Benchmarks.dll" "$@"
}
