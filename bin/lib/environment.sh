# Shared by bin/demo and bin/test, which stand in the project's folder when they read this.
# Bytecode is written whatever the machine says: dozens of processes would compile everything anew.
# `prepare serving` or `prepare dev` makes .venv hold what the requirements say; a second time it takes no time.
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE= PIP_DISABLE_PIP_VERSION_CHECK=1
PYTHON=.venv/bin/python

fail() { printf '%s\n' "$*" >&2; exit 1; }

# need PROBE PACKAGE...: installs the packages when the probe fails, or says what is missing where it may not.
need() {
  local probe=$1; shift
  if eval "$probe" >/dev/null 2>&1; then return; fi
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "Missing: $*. Install it, for example: sudo apt-get install --no-install-recommends $*"
  echo "Installing $*"
  # without this file Debian would make and start a PostgreSQL cluster of its own
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common; echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq || fail "apt-get update failed; its message is above."
  apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "$@" >/dev/null || fail "apt-get could not install: $*"
  eval "$probe" >/dev/null 2>&1 || fail "$* is installed, yet this still fails: $probe"
}

prepare() {
  local files=requirements.txt wanted
  [ "$1" = serving ] || files="requirements.txt requirements-dev.txt"
  mkdir -p var
  exec 9>var/setup.lock; flock 9  # two commands at once: the second waits for the first
  wanted=$(cat $files | sha256sum | cut -c1-16)
  if [ "$(cat ".venv/.$1" 2>/dev/null)" != "$wanted" ] || ! $PYTHON -c '' 2>/dev/null; then
    need 'python3 -c "import ensurepip"' python3 python3-venv
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed, $(python3 --version) was found."
    echo "Installing the Python packages into .venv"
    $PYTHON -c '' 2>/dev/null || { rm -rf .venv; python3 -m venv .venv || fail "The virtual environment could not be made."; }
    # uv is twenty times quicker than pip; pip only fetches it
    [ -x .venv/bin/uv ] || .venv/bin/pip install -q "$(sed -n 's/^\(uv==[0-9.]*\).*/\1/p' requirements-dev.txt)" || fail "uv could not be installed."
    .venv/bin/uv pip install -q --python $PYTHON -r "${files##* }" || fail "The Python packages could not be installed."
    echo "$wanted" >".venv/.$1"
  fi
  flock -u 9; exec 9>&-
}
