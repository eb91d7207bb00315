# shellcheck shell=bash
# ./airmap test: builds once, runs every test project and the client's checks, adds up what they report.

# Without database and browser, together in less than a minute.
FAST='\.(Geo|Plan|Hj212)\.Tests$'

run_tests() {
    local scope=${1:-all} results projects project
    [[ $# -le 1 && $scope =~ ^(all|unit)$ ]] || fail 2 "Usage: ./airmap test [unit]"
    forget_settings
    open_home
    require_space "$AIRMAP_HOME"
    require_dotnet
    require_node
    [ "$scope" = unit ] || require_packages browser
    find "$BUILD" -maxdepth 1 -name 'results-*' -mtime +0 -exec rm -rf -- {} +
    results=$(mktemp -d "$BUILD/results-XXXXXX")
    mapfile -t projects < <(test_projects "$scope")
    if [ "$scope" = all ]; then
        # The compiler and its analyzers are busy with one processor: the other has the client and the server meanwhile.
        build_beside "$results" &
        note "$results" "build" "Building everything" build_tests Linfen.AirMap.sln
        wait "$!" || printf 'not all was built beside the solution\n' >"$results/beside.crash"
        export AIRMAP_TEST_SERVER=$BUILD/server/Linfen.AirMap.dll
    else
        for project in "${projects[@]}"; do
            note "$results" "build of $project" "Building $project" build_tests "tests/$project"
        done
        test_client "$scope" "$results"
    fi
    # One after the other: on two processors browsers and servers beside each other meet their time limits, and are hardly sooner through.
    for project in "${projects[@]}"; do
        note_runner "$results" "$project" "Testing $project" test_project "$project" "$results"
    done
    tally "$results"
}

# In plain lines, for two counters on one line of a terminal cannot be read. The processes of the tests are the server that a user runs.
build_beside() {
    trap - INT TERM HUP EXIT
    STEP_LOG=$RUN/step-$$-beside.log
    {
        test_client all "$1"
        (build_server) || printf 'the server is not built\n' >"$1/server.crash"
    } 2> >(cat >&2)
    rm -f -- "$STEP_LOG"
}

# The settings of a running AirMap are not the tests' business.
forget_settings() {
    local kept=$AIRMAP_HOME full=${AIRMAP_TEST_FULL:-}
    unset "${!AIRMAP_@}"
    export AIRMAP_TEST_FULL=$full
    # A server that lives for some seconds does not earn back what it costs to watch itself.
    export DOTNET_TieredPGO=0
    AIRMAP_HOME=$kept AIRMAP_HTTP_PORT=5080 AIRMAP_HJ212_PORT=9212 AIRMAP_WEB=$ROOT/wwwroot/dist
}

test_projects() {
    (cd "$ROOT/tests" && grep -l 'Include="xunit.v3"' -- */*.csproj) | xargs -n 1 dirname | LC_ALL=C sort |
        if [ "$1" = unit ]; then grep -E "$FAST"; else cat; fi
}

build_tests() { (cd "$ROOT" && dotnet build "$1" -c Release --disable-build-servers -v minimal); }

# note RESULTS NAME TITLE COMMAND…: a failure counts as one failed test and does not stop the others.
note() {
    local results=$1 name=$2
    shift 2
    attempt "$@" && return
    printf '%s\n' "$name" >"$results/${name//[^A-Za-z0-9.]/-}.crash"
    cat -- "$STEP_LOG" >>"$results/${name//[^A-Za-z0-9.]/-}.crash"
}

test_client() {
    install_client_packages
    note "$2" "client check" "Checking the client" in_client npm run check
    note_runner "$2" client "Testing the client" in_client npm test -- --reporter=json --outputFile="$2/client.json"
    [ "$1" = unit ] || build_client
}

test_project() { dotnet "$ROOT/tests/$1/bin/Release/net10.0/$1.dll" -noLogo -noColor -noAutoReporters -result-ctrf "$2/$1.json"; }

# note_runner RESULTS NAME TITLE COMMAND…: failing tests are in its report; no report, or a failure beside them, is a crash.
note_runner() {
    local results=$1 name=$2 code=0
    shift 2
    attempt "$@" || code=$?
    printf '%s\n' "$code" >"$results/$name.code"
    cp -f -- "$STEP_LOG" "$results/$name.log"
}

tally() {
    local code=0
    node "$ROOT/scripts/tally.mjs" "$1" || code=$?
    if [ "$code" -eq 0 ]; then
        rm -rf -- "$1"
    fi
    return "$code"
}
