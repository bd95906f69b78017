import Carafe

/// What Swift's runtime writes to the standard error of a program that crashes.
struct CrashReport: Sendable, Equatable {
    /// A frame of the stack.
    typealias Frame = SourceFrame
    /// An address that nobody has found the function of yet.
    typealias Address = ImageAddress

    /// `Fatal error: Index out of range`, or the signal's name.
    let reason: String
    /// The stack, the innermost frame first.
    private(set) var frames: [Frame]
    /// The stack where it is still without functions.
    let addresses: [Address]
    /// What the program wrote before.
    let log: [String]

    /// How the runtime is told to write it: with functions and sources, or where the tool finds them, without.
    static func backtraceSettings(findsFunctions: Bool) -> String {
        "enable=yes,color=no,interactive=no,threads=crashed,registers=none,limit=64,sanitize=no,output-to=stderr,"
            + (findsFunctions ? "images=none" : "images=mentioned,symbolicate=off")
    }

    /// Whether a line is the first of such a report.
    static func begins(with line: String) -> Bool {
        line.contains("Program crashed: ") || (line.contains("*** Signal ") && line.contains("Backtracing"))
            || line.utf8.starts(with: "swift-runtime: failed to suspend thread".utf8)
    }

    /// Reads a program's standard error.
    init(_ lines: [String], signal: CInt) {
        let start = lines.firstIndex(where: Self.begins) ?? lines.endIndex
        log = Array(lines[..<start])
        let report = lines[start...]
        frames = report.compactMap(Frame.init)
        let images = report.compactMap(Image.init)
        addresses = report.compactMap { line in Self.address(line, images) }
        reason =
            log.suffix(5).compactMap(Self.message).last
            ?? report.compactMap { line in
                line.firstRange(of: "Program crashed: ").map { Self.withoutStars(String(line[$0.upperBound...])) }
            }.first
            ?? "The app was ended by signal \(signal)\(Self.signalNames[signal].map { " (\($0))" } ?? "")"
    }

    /// `File.swift:12: Fatal error: message` without the place, which the stack tells better.
    private static func message(_ line: String) -> String? {
        for word in ["Fatal error", "Precondition failed", "Assertion failed"] {
            guard let range = line.firstRange(of: word) else { continue }
            return String(line[range.lowerBound...])
        }
        return nil
    }

    /// The report with functions and sources.
    func symbolicated(by symbolizer: Symbolizer?) async -> CrashReport {
        guard let symbolizer, frames.isEmpty else { return self }
        var report = self
        report.frames = await symbolizer.frames(addresses).flatMap { $0 }
        return report
    }

    /// `3 [ra] 0x000055a9bfa447c0`, alone on its line.
    private static func address(_ line: String, _ images: [Image]) -> Address? {
        let words = line.split(separator: " ")
        guard words.count > 1, Int(words[0]) != nil, let last = words.last, last.hasPrefix("0x"),
            words.dropFirst().dropLast().allSatisfy({ $0.hasPrefix("[") }),
            let address = UInt64(last.dropFirst(2), radix: 16),
            let image = images.first(where: { $0.addresses.contains(address) })
        else { return nil }
        // A return address is that of the instruction after the call.
        let isReturn = words.contains("[ra]") && address > image.addresses.lowerBound
        return Address(image: image.path, offset: address - image.addresses.lowerBound - (isReturn ? 1 : 0))
    }

    /// `0x000055a9be879000–0x000055a9bfe1fea8 c421a5… site /src/.build/debug/site`
    private struct Image {
        let addresses: Range<UInt64>
        let path: String

        init?(_ line: String) {
            let words = line.split(separator: " ", maxSplits: 3)
            guard words.count == 4, let start = words[3].firstIndex(of: "/") else { return nil }
            let ends = words[0].split(separator: "–").compactMap { UInt64($0.dropFirst(2), radix: 16) }
            guard ends.count == 2, ends[0] < ends[1] else { return nil }
            addresses = ends[0]..<ends[1]
            path = String(words[3][start...])
        }
    }

    private static func withoutStars(_ text: String) -> String {
        text.hasSuffix(" ***") ? String(text.dropLast(4)) : text
    }

    private static let signalNames: [CInt: String] = [
        4: "illegal instruction", 5: "trap", 6: "abort", 7: "bus error", 8: "arithmetic error",
        9: "killed, perhaps for want of memory", 11: "bad memory access", 15: "terminated",
    ]
}

extension CrashReport.Frame {
    /// `3 [ra] 0x000055dc507c7aa1 P.third(_:) + 64 in app at /src/main.swift:2:52`; nil for every other line.
    init?(_ line: String) {
        let words = line.split(separator: " ", omittingEmptySubsequences: true)
        guard let first = words.first, Int(first) != nil, let address = words.firstIndex(where: { $0.hasPrefix("0x") }),
            words[1..<address].allSatisfy({ $0.hasPrefix("[") }), address + 1 < words.endIndex
        else { return nil }
        let rest = words[(address + 1)...]
        let place = rest.lastIndex(of: "at").flatMap { index -> (at: Int, path: String, line: Int, column: Int)? in
            let text = rest[(index + 1)...].joined(separator: " ")
            let parts = text.split(separator: ":")
            guard parts.count >= 3, let line = Int(parts[parts.count - 2]), let column = Int(parts[parts.count - 1])
            else { return (index, "", 0, 0) }
            return (index, parts.dropLast(2).joined(separator: ":"), line, column)
        }
        let described = rest[..<(place?.at ?? rest.endIndex)]
        guard let inside = described.lastIndex(of: "in") else { return nil }
        let image = described[(inside + 1)...].joined(separator: " ")
        var function = described[..<inside]
        if function.count > 2, Int(function[function.endIndex - 1]) != nil, function[function.endIndex - 2] == "+" {
            function = function.dropLast(2)
        }
        let name = function.joined(separator: " ")
        if let place, place.line > 0, place.path.hasPrefix("/"), !place.path.hasSuffix(">") {
            self.init(function: name, image: image, path: place.path, line: place.line, column: place.column)
        } else {
            self.init(function: name, image: image, path: nil, line: 0, column: 0)
        }
    }
}
