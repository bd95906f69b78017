/// What Swift's runtime writes to the standard error of a program that crashes.
struct CrashReport: Sendable, Equatable {
    /// A frame of the stack.
    struct Frame: Sendable, Equatable {
        let function: String
        /// The executable or library.
        let image: String
        /// Nil where there is no source: the standard library's, thunks.
        let path: String?
        let line: Int
        let column: Int
    }

    /// `Fatal error: Index out of range`, or the signal's name.
    let reason: String
    /// The stack, the innermost frame first.
    let frames: [Frame]
    /// What the program wrote before.
    let log: [String]

    /// How the runtime is told to write it.
    static let backtraceSettings =
        "enable=yes,color=no,interactive=no,threads=crashed,images=none,registers=none,limit=64,sanitize=no,output-to=stderr"

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
        reason =
            log.suffix(5).compactMap(Self.fatalError).last
            ?? report.compactMap { line in
                line.firstRange(of: "Program crashed: ").map { Self.withoutStars(String(line[$0.upperBound...])) }
            }.first
            ?? "The app was ended by signal \(signal)\(Self.signalNames[signal].map { " (\($0))" } ?? "")"
    }

    /// `File.swift:12: Fatal error: message` without the place, which the stack tells better.
    private static func fatalError(_ line: String) -> String? {
        for word in ["Fatal error", "Precondition failed", "Assertion failed"] {
            guard let range = line.firstRange(of: word) else { continue }
            return String(line[range.lowerBound...])
        }
        return nil
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
        image = described[(inside + 1)...].joined(separator: " ")
        var function = described[..<inside]
        if function.count > 2, Int(function[function.endIndex - 1]) != nil, function[function.endIndex - 2] == "+" {
            function = function.dropLast(2)
        }
        self.function = function.joined(separator: " ")
        if let place, place.line > 0, place.path.hasPrefix("/"), !place.path.hasSuffix(">") {
            (path, self.line, column) = (place.path, place.line, place.column)
        } else {
            (path, self.line, column) = (nil, 0, 0)
        }
    }
}
