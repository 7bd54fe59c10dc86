# Recipes run through ./justw, which prepares the Python side first. `./justw --list` shows them.

set shell := ["sh", "-eu", "-c"]

bin := justfile_directory() / ".venv/bin"
cache := env("INTERVIEW_CACHE", env("XDG_CACHE_HOME", env("HOME") / ".cache") / "interview-appliance")
models_dir := env("EDGE_NODE_MODELS_DIR", cache / "models")

export PATH := bin + ":" + env("PATH")
export EDGE_NODE_MODELS_DIR := models_dir
export PYTHONUNBUFFERED := "1"

# List the recipes.
default:
    @just --list

# Hold one rehearsed interview from start to end, then keep serving (--exit stops, --json FILE writes the figures).
demo *ARGS: _ready
    @provisioning demo {{ ARGS }}

# Serve everything in one folder for a person with a browser (--data DIR keeps it, --port N).
up *ARGS: _ready
    @provisioning up {{ ARGS }}

# A command of the node with the settings of the installation that is up, or of --data FOLDER: drain, models, ... (--help).
[no-exit-message]
[positional-arguments]
node *ARGS:
    @provisioning node "$@"

# The same for head office: account, enrolment-token, files, revoke, ... (--help).
[no-exit-message]
[positional-arguments]
office *ARGS:
    @provisioning office "$@"

# Check and test everything: style, types, layers, wire, web apps, Python.
test *ARGS: models check web web-test
    @if [ -n "{{ ARGS }}" ]; then pytest {{ ARGS }}; else just _test-all; fi

# Two files at a time, the longest first.
[private]
_test-all:
    @pytest -q -n 2 --dist loadfile --no-loadscope-reorder tests

# Kill, cut, fill and steal, and measure what holds: NAME [--json FILE]; --help lists them.
chaos *ARGS: models web
    @PYTHONPATH=tests python -m chaos {{ ARGS }}

# Figures others measure by, as ratios within one run: NAME [--json FILE]; --help lists them.
bench *ARGS: models web
    @PYTHONPATH=tests python -m bench {{ ARGS }}

# One signed file for machines without a network: wheels, Debian packages, pages, programs, models (root; --help).
bundle *ARGS: models web
    @provisioning bundle {{ ARGS }}

# Run a playbook: site, upgrade, rollback, reset, decommission or drift; --inventory FOLDER --bundle FILE (--help).
provision *ARGS:
    @provisioning provision {{ ARGS }}

# Provision four machines made of systemd-nspawn, without a network, and break things (root; --json FILE).
test-provisioning *ARGS: models web
    @PYTHONPATH=tests python -m fleet {{ ARGS }}

# Style, types, import rules and the wire contract.
check: wire-tools
    @echo "check: ruff, mypy, import rules, wire contract" >&2
    @ruff check .
    @ruff format --check .
    @mypy
    @lint-imports
    @proto/buf lint proto
    @cd proto && ./buf breaking --against baseline.binpb

# Weights of a profile, made ready in the cache (nothing is downloaded at run time).
models PROFILE="starter":
    @edge-node models pull --profile {{ PROFILE }}

# Build both web apps if their sources changed.
web: _node
    @provisioning/web.sh build

# Lint, type-check and test the web apps.
web-test: _node
    @provisioning/web.sh test

# Regenerate the Python code of the wire contract.
proto-generate:
    @python proto/generate.py
    @ruff format -q proto/src/interview_proto/subjects.py

# Accept today's wire contract as the one later changes must stay compatible with.
proto-baseline: wire-tools
    @cd proto && ./buf build -o baseline.binpb

# Regenerate the OpenAPI document and the web apps' typed client.
api-client: _node
    @coordinator openapi > dashboards/api-client/openapi.json
    @cd dashboards && npm run --silent generate

# Write the documents that are made from the code.
docs:
    @python docs/generate.py
    @python provisioning/observability/make_dashboards.py

# Lock the Python packages anew (needs the network).
lock:
    @uv lock -q --upgrade
    @uv export -q --all-packages --no-emit-workspace --no-emit-package llama-cpp-python --no-header -o requirements.lock > /dev/null

# Format the Python code.
format:
    @ruff check -q --fix . || true
    @ruff format -q .

[private]
_ready: models web

[private]
wire-tools: _node
    @provisioning/web.sh wire-tools

[private]
_node:
    @command -v node > /dev/null && command -v npm > /dev/null || { echo "node (20 or newer) with npm is missing; install it: apt-get install nodejs npm" >&2; exit 1; }
    @node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || { echo "node $(node --version) is here; 20 or newer is needed" >&2; exit 1; }
