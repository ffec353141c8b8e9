#!/bin/sh
# Make .venv from requirements-dev.lock with a pinned uv. Needs only python3 (3.11 or newer) on a Debian machine:
# no venv, no pip, no root. A second run does nothing.
set -eu
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3}
UV="$PWD/.tools/uv/bin/uv"
export PIP_ROOT_USER_ACTION=ignore UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1
# A school behind its own proxy trusts the certificates of the machine.
if [ -r /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS=1; fi

die() {
    echo "bootstrap: $*" >&2
    exit 1
}

have_pip() { "$PYTHON" -m pip --version >/dev/null 2>&1; }

# Debian's own pip as a wheel, unpacked beside the project: works without root, and where the package lists are
# missing they are read into the same private folder.
fetch_pip() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
        die "python3 has no pip and this is not a Debian machine: install pip and run again"
    echo "bootstrap: python3 has no pip; taking Debian's python3-pip-whl into .tools"
    rm -rf .tools/deb && mkdir -p .tools/deb/lists/partial .tools/deb/cache/archives/partial
    (
        cd .tools/deb
        if ! apt-get -qq download python3-pip-whl 2>/dev/null; then
            private="-o Dir::State::lists=$PWD/lists -o Dir::Cache=$PWD/cache"
            # shellcheck disable=SC2086
            apt-get -qq $private update && apt-get -qq $private download python3-pip-whl
        fi
        dpkg-deb -x python3-pip-whl_*.deb .
    ) || die "could not fetch python3-pip-whl; as root: apt-get update && apt-get install python3-pip"
    PYTHONPATH=$(ls "$PWD"/.tools/deb/usr/share/python-wheels/pip-*.whl)
    export PYTHONPATH
}

fetch_uv() {
    [ -f .tools/uv/.stamp ] && [ "$(cat .tools/uv/.stamp)" = "$(sha256sum <tools/uv.lock)" ] && return
    echo "bootstrap: installing uv into .tools"
    (
        have_pip || fetch_pip
        rm -rf .tools/uv
        "$PYTHON" -m pip install --quiet --no-input --require-hashes --only-binary=:all: --target .tools/uv -r tools/uv.lock
    )
    sha256sum <tools/uv.lock >.tools/uv/.stamp
}

# uv does not read pip's settings: a school's package mirror is set once, for both.
follow_pip_mirror() {
    if [ -z "${UV_DEFAULT_INDEX:-}" ] && have_pip; then
        mirror=$("$PYTHON" -m pip config get global.index-url 2>/dev/null || true)
        if [ -n "${PIP_INDEX_URL:-$mirror}" ]; then export UV_DEFAULT_INDEX="${PIP_INDEX_URL:-$mirror}"; fi
    fi
}

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || die "Python 3.11 or newer is needed"
stamp="$PWD $(cat requirements-dev.lock pyproject.toml tools/uv.lock | sha256sum)"
if [ -f .venv/.stamp ] && [ "$(cat .venv/.stamp)" = "$stamp" ]; then exit 0; fi

mkdir -p .tools
fetch_uv
follow_pip_mirror
[ -f .venv/.stamp ] && [ "$(cut -d' ' -f1 .venv/.stamp)" = "$PWD" ] || "$UV" venv --quiet --clear --python "$PYTHON" .venv
rm -f .venv/.stamp
echo "bootstrap: filling .venv from requirements-dev.lock"
export VIRTUAL_ENV="$PWD/.venv"
"$UV" pip sync --quiet --require-hashes requirements-dev.lock
"$UV" pip install --quiet --no-deps --no-build-isolation --editable .
echo "$stamp" >.venv/.stamp
echo "bootstrap: ready"
