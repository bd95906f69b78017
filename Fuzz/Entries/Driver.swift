import Foundation

/// The entry that the environment names; where it names none, the names of all are told and the program ends.
private let entry: FuzzEntry = {
    let name = ProcessInfo.processInfo.environment["CARAFE_FUZZ_ENTRY"]
    guard let entry = FuzzEntry.all.first(where: { $0.name == name }) else {
        for entry in FuzzEntry.all { print(entry.name) }
        exit(name == nil ? 0 : 64)
    }
    return entry
}()

/// libFuzzer's entry: parses one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    if let broken = entry.run(Array(UnsafeBufferPointer(start: start, count: count))) { fatalError(broken) }
    return 0
}

/// libFuzzer's beginning: writes the seeds into the folder that the environment names.
@_cdecl("LLVMFuzzerInitialize")
public func fuzzInitialize(
    _ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
    let entry = entry
    guard let folder = ProcessInfo.processInfo.environment["CARAFE_FUZZ_CORPUS"] else { return 0 }
    for (index, seed) in entry.seeds.enumerated() {
        let file = URL(fileURLWithPath: folder).appendingPathComponent("seed-\(index)")
        guard (try? Data(seed).write(to: file)) != nil else { fatalError("\(file.path) cannot be written.") }
    }
    return 0
}
