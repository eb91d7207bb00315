# shellcheck shell=bash
# Processes are known by number and start time, so that a number used again is never taken for ours.

# Prints the start time of a living process (clock ticks since boot); a zombie does not live.
start_time() {
    local fields
    fields=$(cat -- "/proc/$1/stat" 2>/dev/null) || return 1
    # The name in parentheses may contain blanks; after it come the state (3rd) … the start time (22nd field).
    read -ra fields <<<"${fields##*) }"
    [ "${fields[0]}" != Z ] && printf '%s\n' "${fields[19]}"
}

remember_process() { printf '%s %s\n' "$2" "$(start_time "$2")" >"$RUN/$1.pid"; }

# Prints the number of the remembered process if it still lives.
recall_process() {
    local id since
    { read -r id since <"$RUN/$1.pid"; } 2>/dev/null || return 1
    [ "$(start_time "$id")" = "$since" ] && printf '%s\n' "$id"
}

forget_process() { rm -f -- "$RUN/$1.pid"; }

lives() { start_time "$1" >/dev/null; }

# wait_for_end ID SECONDS
wait_for_end() {
    local tenths=$(($2 * 10))
    while lives "$1"; do
        [ $((tenths--)) -gt 0 ] || return 1
        sleep 0.1
    done
}

# Prints the inode of the socket that listens on a TCP port of this machine.
listening_socket() {
    local hexadecimal
    hexadecimal=$(printf ':%04X' "$1")
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        awk -v port="$hexadecimal" '$4 == "0A" && substr($2, length($2) - 4) == port { socket = $10 } END { print socket }'
}

# Prints who holds a socket: "program (process N)"; only root sees other users' processes.
socket_holder() {
    local link
    for link in /proc/[0-9]*/fd/*; do
        [ "$(readlink "$link" 2>/dev/null)" = "socket:[$1]" ] || continue
        link=${link#/proc/}
        printf '%s (process %s)\n' "$(tr '\0' ' ' <"/proc/${link%%/*}/cmdline" | cut -c1-60)" "${link%%/*}"
        return
    done
    printf 'a program of another user\n'
}

# require_port PORT NAME SETTING
require_port() {
    local socket patience=$((SECONDS + 3))
    while socket=$(listening_socket "$1") && [ -n "$socket" ]; do
        # A server that was killed a moment ago still holds its port.
        if [ "$SECONDS" -ge "$patience" ]; then
            die "The $2 port $1 is taken by $(socket_holder "$socket")." \
                "Stop that program, or choose another port: $3=$(($1 + 1)) ./airmap up"
        fi
        sleep 0.1
    done
}
