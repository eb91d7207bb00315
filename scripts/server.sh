# shellcheck shell=bash
# up and down.

SERVER_STARTED=

up() {
    local detach=
    case "${1:-}$#" in
        0) ;;
        --detach1) detach=yes ;;
        *) fail 2 "Usage: ./airmap up [--detach]" ;;
    esac
    open_home
    lock_home
    if SERVER_PID=$(recall_process server) && revive; then
        return
    fi
    require_dotnet
    require_node
    require_packages
    require_port "$AIRMAP_HTTP_PORT" HTTP AIRMAP_HTTP_PORT
    require_port "$AIRMAP_HJ212_PORT" "HJ 212" AIRMAP_HJ212_PORT
    stop_on_signals 130
    build_client
    open_database
    start_server "$detach"
    # The lock covers the start only, so that down and import can work beside the running server.
    exec 9>&-
    say "Linfen AirMap is up: $SERVER_URL"
    if [ -n "$detach" ]; then
        PG_STARTED='' SERVER_STARTED=''
        return
    fi
    say "Ctrl-C stops it."
    stop_on_signals 0
    attend
}

down() {
    local id
    open_home
    if ! id=$(recall_process server) && ! { locate_postgres && postgres_runs; }; then
        say "Nothing of $AIRMAP_HOME is running."
        return
    fi
    stop_server
    stop_postgres
    say "Linfen AirMap is down."
}

lock_home() {
    exec 9>"$RUN/lock"
    flock -n 9 || die "Another ./airmap is just starting Linfen AirMap in $AIRMAP_HOME." "Wait for it, or stop it with Ctrl-C."
}

# The exit trap (close_home) stops what was started.
stop_on_signals() {
    # shellcheck disable=SC2064
    trap "exit $1" INT TERM HUP
}

# The server lives, but its database may have been killed; fails when the server turns out to be just ending.
revive() {
    if uses_private_database; then
        start_postgres
        PG_STARTED=
    fi
    SERVER_URL=$(cat -- "$RUN/server.url" 2>/dev/null || printf %s "$SERVER_URL")
    if attempt "Waiting for the server" wait_until_ready; then
        say "Linfen AirMap is already up: $SERVER_URL (process $SERVER_PID). ./airmap down stops it."
    elif lives "$SERVER_PID"; then
        die "The server (process $SERVER_PID) runs but does not become ready: $(tail -n 1 -- "$STEP_LOG")" \
            "Its log is in $LOGS. To start afresh:  ./airmap down && ./airmap up"
    else
        SERVER_URL=http://127.0.0.1:$AIRMAP_HTTP_PORT
        return 1
    fi
}

# The built server and a migrated database to run it on.
open_database() {
    build_server
    if uses_private_database; then
        start_postgres
        step "Preparing the database" prepare_database
        connect_private
    fi
    step "Bringing the database up to date" dotnet "$BUILD/server/Linfen.AirMap.dll" migrate
    # On the terminal and nowhere else: it says the first password once.
    dotnet "$BUILD/server/Linfen.AirMap.dll" user first
}

# Detached, the output goes to a file and nothing of the caller's terminal is held open.
start_server() {
    local console=$LOGS/console.log
    SERVER_STARTED=yes
    if [ -n "$1" ]; then
        mv -f -- "$console" "$console.1" 2>/dev/null || true
        setsid -- dotnet "$BUILD/server/Linfen.AirMap.dll" serve </dev/null >"$console" 2>&1 9>&- &
    else
        setsid -- dotnet "$BUILD/server/Linfen.AirMap.dll" serve </dev/null 9>&- &
    fi
    SERVER_PID=$!
    remember_process server "$SERVER_PID"
    printf '%s\n' "$SERVER_URL" >"$RUN/server.url"
    if [ -n "$1" ]; then
        step "Starting the server" wait_until_ready "$console"
    else
        say "Starting the server …"
        wait_until_ready || die "The server ended before it was ready; its own words are above."
    fi
}

wait_until_ready() {
    local patience=$((SECONDS + 180))
    until [[ $(http_status /health/ready) == *' 200 '* ]]; do
        if ! lives "$SERVER_PID" || [ "$SECONDS" -ge "$patience" ]; then
            [ -z "${1:-}" ] || cat -- "$1"
            ! lives "$SERVER_PID" || printf 'After 180 s the server still says: %s\n' "$(http_status /health/ready)"
            return 1
        fi
        sleep 0.1
    done
}

# Prints the status line; a bare Debian has no curl.
http_status() {
    local port=${SERVER_URL##*:} line=
    { exec 8<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || return 0
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$1" "$port" >&8
    IFS= read -r -t 10 -u 8 line || true
    exec 8>&-
    printf '%s\n' "$line"
}

# Until the server ends; a database that was killed meanwhile is started again.
attend() {
    local code=0 ended=
    while lives "$SERVER_PID"; do
        code=0
        wait -n -p ended 2>/dev/null || code=$?
        if [ -n "$ended" ] && [ "$ended" != "$SERVER_PID" ] && [ "$ended" = "${PG_PID:-}" ] && lives "$SERVER_PID" && flock -n "$RUN/lock" true; then
            say "PostgreSQL has ended unexpectedly."
            start_postgres
        fi
    done
    say "The server has ended (code $code)."
    exit "$code"
}

stop_server() {
    if SERVER_PID=$(recall_process server); then
        step "Stopping the server" end_server
    fi
    forget_process server
}

end_server() {
    kill -TERM "$SERVER_PID"
    wait_for_end "$SERVER_PID" 30 || { kill -KILL "$SERVER_PID" && wait_for_end "$SERVER_PID" 10; }
}

# The last thing of every run: what it started and did not mean to leave running is stopped, the server before its database.
close_home() {
    local code=$?
    trap '' INT TERM HUP
    trap - EXIT
    [ -z "$SERVER_STARTED" ] || stop_server
    [ -z "$PG_STARTED" ] || stop_postgres
    rm -f -- "$STEP_LOG"
    exit "$code"
}
