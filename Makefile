# Everything a newcomer or a build machine needs. Each target that builds first installs the system libraries that are missing.

BUILD = swift build
DEMO = .build/demo

.PHONY: demo build test test-long test-sanitized renew-golden-indexes lint layers benchmarks check-benchmarks clean requirements \
	test-tools

requirements:
	@./Scripts/install-requirements

# Tests whose tool cannot be installed are skipped and say so.
test-tools: requirements
	-@./Scripts/install-requirements strace

build: requirements
	$(BUILD) -c release --product lede

demo: build
	@./Scripts/demo $(DEMO)

# Without the backtracer a crash ends at once, and crash tests see the signal itself. Eight tests at a time: all at once hold more
# than 1,024 files open, and a run so has crashed once.
TESTING = SWIFT_BACKTRACE=enable=no SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8

test: requirements
	$(TESTING) swift test --parallel

# Optimised, in a build folder of its own: the long forms take hours otherwise. SUITES names those that run, as `swift test
# --filter` takes them; without it all do.
OPTIMISED = -c release -Xswiftc -enable-testing

test-long: test-tools
	LEDE_LONG=1 $(TESTING) swift test $(OPTIMISED) --scratch-path .build-release --parallel $(if $(SUITES),--filter '$(SUITES)')

# After a deliberate change of the format, with its number raised. The answers are not renewed: they must stay the same. Where they
# are meant to change, ANSWERS=1 takes over the new ones.
renew-golden-indexes: requirements
	LEDE_RENEW_GOLDEN=$(if $(ANSWERS),answers,index) SWIFT_BACKTRACE=enable=no swift test --filter GoldenIndexTests/renew

# The engine, the storage and the backends under the sanitizers, each optimised in a build folder of its own: debug builds take
# hours. A report fails the run. Leaks are not looked for: the tool cannot follow Swift's tagged pointers, and takes constants for
# lost.
SANITIZED = IndexStorageTests|InvertedIndexTests|TextRetrievalTests|ConformanceTests|ConcurrencyTests

test-sanitized: requirements
	for sanitizer in thread address; do \
		ASAN_OPTIONS=detect_leaks=0 $(TESTING) swift test $(OPTIMISED) --sanitize=$$sanitizer --scratch-path .build-$$sanitizer \
			--filter '$(SANITIZED)' || exit 1; done

lint:
	swift format lint --strict -r Sources Tests Benchmarks Package.swift

# Plain `swift build` accepts an import that Package.swift does not declare, as long as the module has been built; this refuses it.
layers: requirements
	$(BUILD) --build-tests --explicit-target-dependency-import-check error

# RUN is what follows `swift package benchmark`; Benchmarks/README.md has examples. A build folder of its own, because the switch
# changes what is in the package. The plugin takes every program below Benchmarks/ for one of its own; the game is none.
benchmarks: requirements
	LEDE_BENCHMARKS=1 swift package --scratch-path .build-benchmarks --allow-writing-to-package-directory \
		benchmark --skip-target SearchBenchmarkGame $(RUN)

# Compiles the benchmarks and runs none, so that a change of what they call is noticed.
check-benchmarks: requirements
	for product in KernelBenchmarks BuildBenchmarks QueryBenchmarks; do \
		LEDE_BENCHMARKS=1 $(BUILD) --scratch-path .build-benchmarks --product $$product || exit 1; done

clean:
	rm -rf .build .build-benchmarks .build-release .build-thread .build-address
