# shellcheck shell=bash
# Settings from the environment, and the folders under $AIRMAP_HOME.

export AIRMAP_HTTP_PORT=${AIRMAP_HTTP_PORT:-5080}
export AIRMAP_HJ212_PORT=${AIRMAP_HJ212_PORT:-9212}
AIRMAP_HOME=$(realpath -m -- "${AIRMAP_HOME:-$ROOT/.airmap}")
export AIRMAP_HOME
export AIRMAP_WEB=${AIRMAP_WEB:-$ROOT/wwwroot/dist}
export AIRMAP_GIS_DATA=${AIRMAP_GIS_DATA:-$ROOT/gis-data}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

LOGS=$AIRMAP_HOME/logs
RUN=$AIRMAP_HOME/run
BUILD=$AIRMAP_HOME/build
STEP_LOG=$RUN/step-$$.log
SERVER_URL=http://127.0.0.1:$AIRMAP_HTTP_PORT

# A first start writes the database (50 MB), its log (up to 2 GB under load) and the built server.
NEEDED_MEGABYTES=500

open_home() {
    check_ports_are_numbers
    mkdir -p -- "$LOGS" "$RUN" "$BUILD" 2>/dev/null && [ -w "$LOGS" ] && [ -w "$RUN" ] && [ -w "$BUILD" ] ||
        die "$AIRMAP_HOME cannot be written by $(id -un)." \
            "Run as its owner ($(owner_of "$AIRMAP_HOME")), or set AIRMAP_HOME to a folder of your own."
    chmod 700 "$LOGS"
    trap close_home EXIT
    use_own_caches
}

require_space() { [ "$(free_megabytes "$1")" -ge "$NEEDED_MEGABYTES" ] || disk_full "$1"; }

owner_of() {
    local folder=$1
    while [ ! -e "$folder" ]; do folder=$(dirname -- "$folder"); done
    stat -c %U -- "$folder"
}

check_ports_are_numbers() {
    local name
    for name in AIRMAP_HTTP_PORT AIRMAP_HJ212_PORT; do
        [[ ${!name} =~ ^[1-9][0-9]{0,4}$ ]] && [ "${!name}" -le 65535 ] ||
            die "$name is '${!name}'; it must be a number from 1 to 65535."
    done
}

# NuGet and npm keep their caches in the home folder; accounts without one (services, containers) get one here.
use_own_caches() {
    [ -n "${HOME:-}" ] && [ -w "$HOME" ] && return
    export HOME=$AIRMAP_HOME/cache
    mkdir -p -- "$HOME"
}
