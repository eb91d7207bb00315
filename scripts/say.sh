# shellcheck shell=bash
# What the user sees: lines, failures with a remedy, progress of what takes long.

say() { printf '%s\n' "$*" >&2; }

# fail CODE LINE…: the first line says what is wrong, the others what to do.
fail() {
    local code=$1
    shift
    printf 'airmap: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '        %s\n' "$@" >&2
    exit "$code"
}

die() { fail 1 "$@"; }

# attempt TITLE COMMAND…: runs it in this shell with progress; its output is kept in $STEP_LOG.
attempt() {
    local title=$1 began=$SECONDS code=0 ticker=
    shift
    if [ -t 2 ]; then
        tick "$title" &
        ticker=$!
    else
        say "$title …"
    fi
    "$@" >"$STEP_LOG" 2>&1 </dev/null || code=$?
    local took=$((SECONDS - began))
    if [ -n "$ticker" ]; then
        kill "$ticker" 2>/dev/null || true
        wait "$ticker" 2>/dev/null || true
        printf '\r\033[K' >&2
        [ "$took" -lt 2 ] || [ "$code" -ne 0 ] || say "$title: done in $took s"
    elif [ "$took" -ge 2 ] && [ "$code" -eq 0 ]; then
        say "$title: done in $took s"
    fi
    return "$code"
}

# step TITLE COMMAND…: the same, and its failure is the end of the script.
step() {
    attempt "$@" && return
    local kept=$LOGS/failed-step.log
    cp -f -- "$STEP_LOG" "$kept"
    tail -n 25 -- "$kept" >&2
    if grep -q 'No space left on device' "$kept"; then
        disk_full
    fi
    die "$1 failed; the last lines are above, all of them in $kept"
}

tick() {
    local marks='.oO*' second=0
    trap - INT TERM HUP EXIT
    while :; do
        printf '\r\033[K%s %s … %d s' "${marks:second % 4:1}" "$1" "$second" >&2
        sleep 1
        second=$((second + 1))
    done
}

disk_full() {
    local folder=${1:-$AIRMAP_HOME}
    die "The disk is full: $(free_megabytes "$folder") MB are free for $folder, at least $NEEDED_MEGABYTES MB are needed." \
        "Free some space, or set AIRMAP_HOME to a folder on another disk, and start again."
}

free_megabytes() { df -Pm -- "$1" | awk 'NR == 2 { print $4 }'; }
