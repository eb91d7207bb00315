# shellcheck shell=bash
# Builds client, server and tools when their sources have changed since the last build.

# Changes with every file below the given paths (relative to ROOT), whatever the clocks say.
fingerprint() {
    (cd "$ROOT" && find "$@" -type d \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

# is_current STAMP FINGERPRINT
is_current() { [ "$(cat -- "$1" 2>/dev/null)" = "$2" ]; }

# publish TITLE PROJECT FOLDER
publish() {
    local stamp=$BUILD/$3/fingerprint print
    print=$(fingerprint src Directory.Build.props Directory.Packages.props global.json)
    is_current "$stamp" "$print" && return
    step "Building $1" dotnet_publish "$ROOT/src/$2" "$BUILD/$3.new"
    printf '%s\n' "$print" >"$BUILD/$3.new/fingerprint"
    rm -rf -- "${BUILD:?}/$3"
    mv -- "$BUILD/$3.new" "$BUILD/$3"
}

# Artifacts of its own: neither an editor's nor the tests' builds get in its way, and it may leave out the analyzers, which
# take as long as the compiler. Build servers would outlive this script. Compiled ahead it starts in half the time; where the
# package source has no such compiler, it starts slower.
dotnet_publish() {
    dotnet_publish_as "$@" -p:PublishReadyToRun=true --use-current-runtime --no-self-contained || dotnet_publish_as "$@"
}

# dotnet_publish_as PROJECT FOLDER OPTION…
dotnet_publish_as() {
    local project=$1 folder=$2
    shift 2
    rm -rf -- "$folder"
    (cd "$ROOT" && dotnet publish "$project" -c Release -o "$folder" --artifacts-path "$BUILD/artifacts" \
        -p:RunAnalyzers=false --disable-build-servers -v minimal "$@")
}

build_server() { publish "the server" Linfen.AirMap server; }

build_simulator() { publish "the simulator" Linfen.AirMap.Simulator simulator; }

install_client_packages() {
    local stamp=$ROOT/wwwroot/node_modules/.fingerprint print
    print=$(fingerprint wwwroot/package.json wwwroot/package-lock.json)
    is_current "$stamp" "$print" && return
    step "Installing the client's packages" in_client npm ci --no-audit --no-fund
    printf '%s\n' "$print" >"$stamp"
}

build_client() {
    local stamp=$ROOT/wwwroot/node_modules/.built print
    [ "$AIRMAP_WEB" = "$ROOT/wwwroot/dist" ] || return 0
    install_client_packages
    print=$(fingerprint wwwroot)
    is_current "$stamp" "$print" && [ -f "$AIRMAP_WEB/index.html" ] && return
    step "Building the client" in_client npm run build
    printf '%s\n' "$print" >"$stamp"
}

in_client() { (cd "$ROOT/wwwroot" && "$@"); }
