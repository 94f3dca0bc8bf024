// swift-tools-version: 6.2
// Lower case is a program you run, Capital is a library you import; docs/architecture.md draws the layers
// and scripts/check-imports holds every target to its own.
import PackageDescription

/// One set of compiler settings for every target.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),  // SE-0335
  .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
  .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
]

let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let sqlite: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func program(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies + [arguments], exclude: exclude, swiftSettings: settings)
}

func stage(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  program(name, dependencies + ["Stage", "Spool", logging], exclude: exclude)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], resources: resources,
    swiftSettings: settings)
}

let package = Package(
  name: "ward",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // 0: the C edges.
    .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
    .systemLibrary(name: "CCsv", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CXGBoost", pkgConfig: "xgboost", providers: [.apt(["libxgboost-dev"])]),
    .systemLibrary(
      name: "CNftables", pkgConfig: "libnftables", providers: [.apt(["libnftables-dev"])]),
    .target(name: "CLinux"),

    // 1: values.
    library("Addresses"),
    library("Time"),

    // 2: the rows that cross the spool.
    library("Tables", ["Addresses", "Time", "CCsv"]),

    // 3: the domain, and the spool that knows nothing of it.
    library("Packets", ["Addresses", "Time", "CLinux"]),
    library("Flows", ["Addresses", "Time", "Tables", "Packets", "COpenSSL"]),
    library("Models", ["Tables"]),
    library("Detectors", ["Addresses", "Time", "Tables"]),
    library("Firewall", ["Addresses", "Time", "Tables", "CNftables", "CLinux"]),
    library("Spool", ["Time", "CLinux"]),

    // 4: the loop every stage shares; evidence.
    library("Stage", ["Spool", "Time", "CLinux", arguments, logging]),
    library("Ledger", ["Addresses", "Time", "Tables", sqlite]),
    library("Training", ["Addresses", "Time", "Tables", "Models", "CXGBoost"]),
    library("Reporting", ["Addresses", "Time", "Tables", "Ledger"]),

    // 5: programs.
    stage("capture", ["CPcap", "CLinux", "Tables", "Time"]),
    stage("featurize", ["Packets", "Flows", "Tables", "Time"]),
    stage(
      "classify", ["Models", "Detectors", "Tables", "Time"], exclude: ["default.model"]),
    stage("mitigate", ["Firewall", "Addresses", "Tables", "Time", "CLinux"]),
    stage("report", ["Reporting", "Ledger", "Addresses", "Tables", "Time"]),
    program("train", ["Training", "Models", "Tables"]),
    program("imitate", ["Addresses", "Time", "Tables"]),
    program("ward"),
    program("bench-models", ["Models", "Tables", "CXGBoost"]),

    .target(name: "TestSupport", path: "Tests/Support", swiftSettings: settings),
    tests("AddressesTests", ["Addresses"]),
    tests("TimeTests", ["Time"]),
    tests("TablesTests", ["Tables", "Addresses", "Time", "CCsv"]),
    tests("PacketsTests", ["Packets", "Addresses", "Time"]),
    tests("FlowsTests", ["Flows", "Packets", "Tables", "Addresses", "Time"]),
    tests("ModelsTests", ["Models", "Tables", "CXGBoost"]),
    tests("DetectorsTests", ["Detectors", "Tables", "Addresses", "Time"]),
    tests("FirewallTests", ["Firewall", "Tables", "Addresses", "Time"]),
    tests("SpoolTests", ["Spool", "Time"]),
    tests("StageTests", ["Stage", "Spool", "Time", arguments, logging]),
    tests("LedgerTests", ["Ledger", "Tables", "Addresses", "Time", sqlite]),
    tests("ReportingTests", ["Reporting", "Ledger", "Tables", "Addresses", "Time"]),
    tests("TrainingTests", ["Training", "Models", "Tables", "CXGBoost"]),
    tests("ProgramTests", ["Time", "Tables", "Spool", "Models"]),
  ]
)
