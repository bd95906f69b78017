# make run       serves the example blog on http://127.0.0.1:8000
# make test      runs every test but the next
# make test-dev  builds new projects and drives the development server through edits; takes minutes
# They install what is missing first.

.PHONY: run test test-dev bench chaos soak chaos-app sanitize scan fuzz templates-corpus format lint docs setup setup-tests clean

SWIFT_SOURCES = Package.swift Sources Tests Examples Benchmarks Fuzz

run: setup
	swift build $$(scripts/release-flags) --product blog
	@scripts/check-release .build/release/blog
	.build/release/blog $(ARGS)

test: setup-tests
	@scripts/test $(ARGS)

# carafe new's projects are built and tested, and carafe dev is driven through edits, failed builds and crashes. One after the
# other: SwiftPM builds once at a time in a folder.
test-dev: setup-tests
	swift build --build-tests
	CARAFE_SLOW_TESTS=1 swift test --skip-build --filter NewProjectTests
	CARAFE_SLOW_TESTS=1 swift test --skip-build --filter DevEndToEndTests

bench: setup
	scripts/bench

fuzz: setup
	scripts/fuzz $(ARGS)

# Services with workers, built for release: while they are killed, reloaded and ended, beside slow clients, and under a steady
# load, for SECONDS each experiment.
chaos: SECONDS ?= 60
chaos: chaos-app
	CARAFE_CHAOS_SECONDS=$(SECONDS) $(WORKER_TESTS) --filter WorkerTests

# One for SECONDS under a mix of requests: whether its memory grows.
soak: SECONDS ?= 3600
soak: chaos-app
	CARAFE_SOAK_SECONDS=$(SECONDS) $(WORKER_TESTS) --filter SoakTests

WORKER_TESTS = CARAFE_CHAOS_APP=$$PWD/.build/release/chaos-app swift test --skip-build

chaos-app: setup
	swift build $$(scripts/release-flags) --product chaos-app
	swift build --build-tests

# Every test under AddressSanitizer and ThreadSanitizer; ARGS are scripts/sanitize's.
sanitize: setup-tests
	@scripts/sanitize $(ARGS)

# Templates of published Python packages through Jinja2 and Carafe; ARGS names packages.
templates-corpus: setup-tests
	swift build -c release --static-swift-stdlib --product templates-corpus
	scripts/templates-corpus --engine .build/release/templates-corpus $(ARGS)

format:
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

lint:
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)
	scripts/lint

# What testssl.sh finds in a server's TLS, where it is installed.
scan: setup-tests
	swift build --build-tests
	CARAFE_SCAN=1 swift test --skip-build --filter ScannerTests

docs: setup
	scripts/docs

setup:
	@scripts/setup

setup-tests:
	@scripts/setup test

clean:
	rm -rf .build
