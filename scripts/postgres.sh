# shellcheck shell=bash
# The private PostGIS: a cluster in $AIRMAP_HOME/pg that answers on a unix socket only, and only to the accounts of
# pg_ident.conf. Roles: postgres (superuser), airmap_owner (migrates, owns), airmap_app (the server).

PG_STARTED=

uses_private_database() { [ -z "${AIRMAP_DB:-}" ]; }

# Where the cluster is, which account runs it, where its socket is. The cluster need not exist yet.
locate_postgres() {
    PG_DATA=$(data_folder)
    PG_ACCOUNT=$(id -un)
    if [ -e "$PG_DATA" ]; then
        PG_ACCOUNT=$(stat -c %U -- "$PG_DATA")
    elif [ "$(id -u)" -eq 0 ]; then
        PG_ACCOUNT=postgres
    fi
    PG_SOCKET=$(dirname -- "$PG_DATA")/socket
    if ! fits_a_socket "$PG_SOCKET"; then
        PG_SOCKET=$(cat -- "$RUN/socket-folder" 2>/dev/null || true)
    fi
}

# Root cannot run PostgreSQL; the account postgres does it for root and must be able to enter the folder.
data_folder() {
    local folder=$AIRMAP_HOME/pg
    if [ "$(id -u)" -eq 0 ] && [ ! -e "$folder" ] && ! account_enters postgres "$AIRMAP_HOME"; then
        ln -sfn -- "/var/lib/airmap/$(printf %s "$AIRMAP_HOME" | cksum | cut -d' ' -f1)/pg" "$folder"
    fi
    realpath -m -- "$folder"
}

account_enters() { ! id "$1" >/dev/null 2>&1 || setpriv --reuid="$1" --regid="$1" --init-groups test -x "$2"; }

# The name of a unix socket has at most 107 bytes; a comma or a quote would need quoting in two configuration languages.
fits_a_socket() {
    [ "$(printf '%s/.s.PGSQL.5432' "$1" | wc -c)" -le 107 ] && [[ $1 != *[,\;\"\'=]* ]]
}

as_postgres() {
    if [ "$(id -un)" = "$PG_ACCOUNT" ]; then
        "$@"
    elif [ "$(id -u)" -eq 0 ]; then
        (cd / && exec setpriv --reuid="$PG_ACCOUNT" --regid="$(id -g -- "$PG_ACCOUNT")" --init-groups -- "$@")
    else
        return 1
    fi
}

# Sets PG_PID. A number left by a killed cluster may belong to another program now, hence the look at its folder.
postgres_runs() {
    PG_PID=$(as_postgres head -n 1 -- "$PG_DATA/postmaster.pid" 2>/dev/null) &&
        lives "$PG_PID" && [ "$(readlink "/proc/$PG_PID/cwd")" = "$PG_DATA" ]
}

start_postgres() {
    local title='Starting PostgreSQL'
    locate_postgres
    require_cluster_access
    choose_binaries
    PG_STARTED=yes
    if postgres_runs && { postgres_answers || attempt "Waiting for PostgreSQL" wait_for_postgres; }; then
        return
    fi
    if [ ! -e "$PG_DATA" ]; then
        step "Creating the database" create_cluster
    elif as_postgres "$PG_BIN/pg_controldata" "$PG_DATA" | grep '^Database cluster state: *in production' >/dev/null; then
        title='Starting PostgreSQL, which did not end well last time: it recovers'
    fi
    prepare_socket_folder
    step "$title" launch_postgres
}

require_cluster_access() {
    [ ! -e "$PG_DATA" ] || as_postgres test -r "$PG_DATA/PG_VERSION" ||
        die "$PG_DATA is not a database that $(id -un) may use; it belongs to $PG_ACCOUNT." \
            "Run as $PG_ACCOUNT or root, or set AIRMAP_HOME to a folder of your own."
    mkdir -p -- "$(dirname -- "$PG_DATA")"
    require_space "$(dirname -- "$PG_DATA")"
}

cluster_version() { [ ! -e "$PG_DATA" ] || as_postgres cat -- "$PG_DATA/PG_VERSION"; }

choose_binaries() {
    local version
    version=$(cluster_version)
    PG_BIN=$(postgres_binaries "$version") && return
    die "The database in $PG_DATA is of PostgreSQL $version; this machine has PostgreSQL $(postgres_version "$(postgres_binaries)")." \
        "Install its version:  apt-get install postgresql-$version-postgis-3" \
        "or move it away and start with an empty one:  mv '$PG_DATA' '$PG_DATA-$version'"
}

postgres_version() { basename -- "$(dirname -- "$1")"; }

# Complete or not there at all: an interrupted creation leaves only pg.new.
create_cluster() {
    rm -rf -- "$PG_DATA.new"
    mkdir -m 700 -- "$PG_DATA.new" || return
    [ "$(id -un)" = "$PG_ACCOUNT" ] || chown "$PG_ACCOUNT:" -- "$PG_DATA.new" || return
    as_postgres "$PG_BIN/initdb" --pgdata "$PG_DATA.new" --username=postgres --auth=peer \
        --encoding=UTF8 --locale=C.UTF-8 --data-checksums --no-instructions || return
    as_postgres sh -c "printf \"include 'airmap.conf'\n\" >>\"\$1/postgresql.conf\"" sh "$PG_DATA.new" || return
    mv -- "$PG_DATA.new" "$PG_DATA"
}

# 0700 and the account's own. In a folder open to all (/tmp) only a name that did not exist can be trusted.
prepare_socket_folder() {
    local base=/tmp
    if [ -n "$PG_SOCKET" ] && fits_a_socket "$(dirname -- "$PG_DATA")/socket"; then
        mkdir -p -- "$PG_SOCKET"
    elif [ -z "$PG_SOCKET" ] || [ -L "$PG_SOCKET" ] || [ "$(stat -c '%U %a' -- "$PG_SOCKET" 2>/dev/null)" != "$PG_ACCOUNT 700" ]; then
        # Not XDG_RUNTIME_DIR: it vanishes when its user logs out, and a detached database does not.
        [ "$(id -u)" -ne 0 ] || base=/run
        PG_SOCKET=$(mktemp -d "$base/airmap-XXXXXXXX")
        printf '%s\n' "$PG_SOCKET" >"$RUN/socket-folder"
    fi
    chmod 700 -- "$PG_SOCKET"
    [ "$(id -un)" = "$PG_ACCOUNT" ] || chown "$PG_ACCOUNT:" -- "$PG_SOCKET"
}

launch_postgres() {
    local patience=$((SECONDS + 60))
    write_settings || return
    spawn_postgres
    until postgres_answers; do
        if ! lives "$PG_PID"; then
            cat -- "$LOGS/postgres-start.log"
            # Processes that were just killed hold lock and shared memory for a moment longer.
            grep -qE 'lock file|shared memory' "$LOGS/postgres-start.log" && [ "$SECONDS" -lt "$patience" ] || return 1
            sleep 0.5
            spawn_postgres
        fi
        sleep 0.1
    done
}

postgres_answers() { "$PG_BIN/pg_isready" -q -h "$PG_SOCKET"; }

# It may be starting, or just ending: then there is nothing to wait for.
wait_for_postgres() {
    until postgres_answers; do
        lives "$PG_PID" || return 1
        sleep 0.1
    done
}

# A session of its own: Ctrl-C reaches this script only, which stops the server before the database.
spawn_postgres() {
    remove_foreign_locks
    as_postgres_exec "$PG_BIN/postgres" -D "$PG_DATA" -c "unix_socket_directories=$PG_SOCKET" \
        </dev/null >"$LOGS/postgres-start.log" 2>&1 9>&- &
    PG_PID=$!
}

as_postgres_exec() {
    cd / || return
    [ "$(id -un)" != "$PG_ACCOUNT" ] || exec setsid -- "$@"
    exec setsid -- setpriv --reuid="$PG_ACCOUNT" --regid="$(id -g -- "$PG_ACCOUNT")" --init-groups -- "$@"
}

# PostgreSQL trusts a lock whose process number lives, be it a zombie or another program. Nothing runs in PG_DATA here, or
# PostgreSQL still finds its shared memory in use and refuses.
remove_foreign_locks() {
    local holder
    holder=$(as_postgres head -n 1 -- "$PG_DATA/postmaster.pid" 2>/dev/null) || return 0
    if [ -d "/proc/$holder" ] && ! postgres_runs; then
        rm -f -- "$PG_DATA/postmaster.pid" "$PG_SOCKET/.s.PGSQL.5432.lock"
    fi
}

stop_postgres() {
    locate_postgres
    ! postgres_runs || step "Stopping PostgreSQL" end_postgres
}

# SIGINT: "fast shutdown", open transactions are rolled back. SIGQUIT: recovery at the next start.
end_postgres() {
    kill -INT "$PG_PID"
    wait_for_end "$PG_PID" 60 || { kill -QUIT "$PG_PID" && wait_for_end "$PG_PID" 10; }
}
