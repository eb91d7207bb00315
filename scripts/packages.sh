# shellcheck shell=bash
# Prerequisites: what the user must bring (Debian, .NET, Node) and what is installed for them (PostgreSQL, Chromium).

require_dotnet() {
    local sdks
    command -v dotnet >/dev/null ||
        die "The .NET SDK 10 is not installed (there is no 'dotnet')." \
            "Install it: https://learn.microsoft.com/dotnet/core/install/linux-debian, package dotnet-sdk-10.0"
    sdks=$(cd / && dotnet --list-sdks)
    grep -q '^10\.' <<<"$sdks" ||
        die "The .NET SDK 10 is needed; this machine has: $(awk '{ printf "%s ", $1 }' <<<"$sdks")" \
            "Install it: https://learn.microsoft.com/dotnet/core/install/linux-debian, package dotnet-sdk-10.0"
}

require_node() {
    local version major minor
    { command -v node && command -v npm; } >/dev/null ||
        die "Node.js with npm is not installed; 20.19 or newer is needed." \
            "Install it: https://nodejs.org/en/download (Debian's own 'nodejs' is too old before Debian 13)"
    version=$(node --version)
    IFS=. read -r major minor _ <<<"${version#v}"
    [ "$major" -gt 20 ] || { [ "$major" -eq 20 ] && [ "$minor" -ge 19 ]; } ||
        die "Node.js 20.19 or newer is needed; this machine has $version." \
            "Install a newer one: https://nodejs.org/en/download"
}

require_debian() {
    local name
    # shellcheck disable=SC1091
    name=$(. /etc/os-release 2>/dev/null && printf '%s %s %s' "${ID:-}" "${ID_LIKE:-}" "${VERSION_ID:-99}")
    case $name in
        debian\ *) [ "${name##* }" -ge 12 ] 2>/dev/null && return ;;
        *debian*) command -v apt-get >/dev/null && return ;;
    esac
    die "Debian 12 or newer is needed to install $*; this is '${name:-unknown}'." \
        "Install $* (PostgreSQL 15 or newer in /usr/lib/postgresql) by other means, or use Debian."
}

# postgres_binaries [VERSION]: prints the folder of the newest PostgreSQL with PostGIS, or of that version.
postgres_binaries() {
    local folder version found=0
    for folder in /usr/lib/postgresql/${1:-*}; do
        version=${folder##*/}
        [ -x "$folder/bin/initdb" ] && [ -f "/usr/share/postgresql/$version/extension/postgis.control" ] || continue
        [ "$version" -gt "$found" ] && found=$version
    done
    [ "$found" -gt 0 ] && printf '/usr/lib/postgresql/%s/bin\n' "$found"
}

# require_packages [browser]: installs with apt what is missing; needs no network when nothing is.
require_packages() {
    local missing=()
    postgres_binaries >/dev/null || missing+=("$(postgis_package)")
    if [ "${1:-}" = browser ]; then
        # The browser without windows is the quicker one; the whole one does as well (tests: BrowserProgram).
        { command -v chromium-headless-shell || command -v chromium; } >/dev/null || missing+=(chromium-headless-shell)
        has_font || missing+=(fonts-noto-cjk)
    fi
    [ ${#missing[@]} -gt 0 ] || return 0
    # Pictures of the map need it and the map does not, so its lack alone keeps nothing from starting.
    [ "${1:-}" = browser ] || has_font || missing+=(fonts-noto-cjk)
    install_packages "${missing[@]}"
    postgres_binaries >/dev/null ||
        die "PostgreSQL with PostGIS was installed but is not in /usr/lib/postgresql." \
            "By hand:  apt-get install --reinstall $(postgis_package)"
}

has_font() { [ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ]; }

require_font() { has_font || install_packages fonts-noto-cjk; }

# The package of the newest version that this Debian offers.
postgis_package() {
    local package
    package=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' 2>/dev/null | awk '{ print $1 }' | sort -V | tail -n 1)
    printf '%s\n' "${package:-postgresql-15-postgis-3}"
}

install_packages() {
    local become=() manual
    manual="apt-get update && apt-get install -y --no-install-recommends $*"
    require_debian "$@"
    if [ "$(id -u)" -ne 0 ]; then
        become=(sudo -n)
        sudo -n true 2>/dev/null ||
            die "Missing packages: $*. Only root may install them." "Ask for, or run once:  sudo sh -c '$manual'"
    fi
    # Without fresh lists an installation may still succeed, from a cache or a local mirror.
    attempt "Reading the package lists" "${become[@]}" apt-get update || say "The package lists could not be read; trying without."
    attempt "Installing $*" "${become[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" && return
    tail -n 12 -- "$STEP_LOG" >&2
    ! grep -qE 'No space left on device|enough free space' "$STEP_LOG" || disk_full
    die "Packages that could not be installed: $*." "Is the network there? By hand:  $manual"
}
