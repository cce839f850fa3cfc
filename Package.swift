// swift-tools-version: 6.2
// The floors of the house, as ARCHITECTURE.md draws them: a target may depend only on the floors below its own.

import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableExperimentalFeature("Lifetimes"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func floor(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

func library(_ name: String, pkgConfig: String, debian: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([debian])])
}

func benchmarks(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies + [.product(name: "Benchmark", package: "benchmark")],
    path: "Benchmarks/\(name)", swiftSettings: settings, plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}

let package = Package(
  name: "Lede",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Lede", targets: ["Lede"]),
    .library(name: "LedeSQLite", targets: ["LedeSQLite"]),
    .executable(name: "lede", targets: ["LedeCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // Libraries of the system.
    library("CXXHash", pkgConfig: "libxxhash", debian: "libxxhash-dev"),
    library("CZstd", pkgConfig: "libzstd", debian: "libzstd-dev"),
    library("CZlib", pkgConfig: "zlib", debian: "zlib1g-dev"),
    .target(name: "CSQLiteShim", path: "Sources/CLibraries/CSQLiteShim"),
    .target(name: "CPrefetchShim", path: "Sources/CLibraries/CPrefetchShim"),

    // F0 foundations.
    floor("BitKernels", ["CPrefetchShim"]),
    floor("IndexStorage", ["CXXHash"]),
    floor("TextAnalysis"),
    floor("QueryLanguage"),
    floor("Passages", ["TextAnalysis"]),

    // F1 structure, F2 engine, F3 contract.
    floor("InvertedIndex", ["IndexStorage", "BitKernels", "CZstd"]),
    floor("TextRetrieval", ["InvertedIndex", "IndexStorage", "BitKernels", "QueryLanguage"]),
    floor("SearchAPI", ["QueryLanguage"]),

    // F4 backends and services.
    floor(
      "NativeBackend",
      [
        "SearchAPI", "QueryLanguage", "TextAnalysis", "Passages", "TextRetrieval", "InvertedIndex", "IndexStorage",
      ]),
    floor(
      "SQLiteBackend",
      [
        "SearchAPI", "QueryLanguage", "TextAnalysis", "Passages", "CSQLiteShim",
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    floor("ArchiveReaders", ["SearchAPI", "QueryLanguage", "CZlib", "CZstd"]),

    // F5 doors.
    floor("Lede", ["SearchAPI", "QueryLanguage", "NativeBackend"]),
    floor("LedeSQLite", ["SearchAPI", "QueryLanguage", "SQLiteBackend"]),
    .executableTarget(
      name: "LedeCommand",
      dependencies: [
        "SearchAPI", "QueryLanguage", "NativeBackend", "SQLiteBackend", "ArchiveReaders",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Measured against other engines; see Benchmarks/.
    .executableTarget(
      name: "SearchBenchmarkGame",
      dependencies: [
        "IndexStorage", "InvertedIndex", "TextRetrieval", "SearchAPI", "QueryLanguage", "TextAnalysis", "NativeBackend",
        "ArchiveReaders", "ReferenceBackend", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/SearchBenchmarkGame", exclude: ["README.md"], swiftSettings: settings),

    // The judges: the oracle is a third backend, and one suite runs on all three.
    .target(
      name: "ReferenceBackend", dependencies: ["SearchAPI", "QueryLanguage", "TextAnalysis", "Passages"],
      path: "Tests/ReferenceBackend", swiftSettings: settings),
    tests("BitKernelsTests", ["BitKernels"]),
    tests("IndexStorageTests", ["IndexStorage"]),
    tests("TextAnalysisTests", ["TextAnalysis"], exclude: ["Resources"]),
    tests("QueryLanguageTests", ["QueryLanguage"]),
    tests("PassagesTests", ["Passages", "TextAnalysis"]),
    tests("InvertedIndexTests", ["InvertedIndex", "IndexStorage", "BitKernels"]),
    tests("TextRetrievalTests", ["TextRetrieval", "InvertedIndex", "IndexStorage", "QueryLanguage"]),
    tests("ArchiveReadersTests", ["ArchiveReaders", "SearchAPI", "QueryLanguage", "CZlib", "CZstd"]),
    tests(
      "ConformanceTests",
      ["SearchAPI", "QueryLanguage", "TextAnalysis", "ReferenceBackend", "NativeBackend", "SQLiteBackend", "ArchiveReaders"],
      exclude: ["Golden"]),
    tests(
      "CommandTests",
      ["LedeCommand", "Lede", "SearchAPI", "QueryLanguage", "IndexStorage", "NativeBackend", "SQLiteBackend"]),
  ]
)

// Set by `make benchmarks`. Without it nobody who builds, tests or depends on Lede fetches or compiles the benchmark package.
if Context.environment["LEDE_BENCHMARKS"] == "1" {
  // No traits: the default ones interpose malloc and the runtime, and with them what is measured.
  package.dependencies.append(.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
  package.targets += [
    .target(
      name: "BenchmarkSupport", dependencies: ["ArchiveReaders", "SearchAPI"], path: "Benchmarks/BenchmarkSupport",
      swiftSettings: settings),
    benchmarks("KernelBenchmarks", ["BitKernels", "IndexStorage"]),
    benchmarks(
      "BuildBenchmarks",
      ["InvertedIndex", "IndexStorage", "TextAnalysis", "QueryLanguage", "SearchAPI", "BenchmarkSupport"]),
    benchmarks(
      "QueryBenchmarks",
      [
        "TextRetrieval", "InvertedIndex", "IndexStorage", "TextAnalysis", "QueryLanguage", "SearchAPI", "NativeBackend",
        "BenchmarkSupport",
      ]),
  ]
}
