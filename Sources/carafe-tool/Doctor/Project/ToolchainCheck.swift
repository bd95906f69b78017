import Carafe
import CarafeServer

/// Whether there is a compiler that builds Carafe.
enum ToolchainCheck {
    private static let subject = "toolchain"
    /// The oldest release that Carafe is built with.
    private static let oldest = [6, 3]

    static func findings() async -> [Finding] {
        guard let run = try? await ChildProgram.output(of: "swift", ["--version"]), run.ending == .exit(0) else {
            return [
                Finding(
                    .error, subject, "There is no swift in PATH.",
                    hint: "Install Swift 6.3 or later: https://www.swift.org/install/")
            ]
        }
        return [compiler(run.output), tracebacks]
    }

    /// What a compiler's own words say of it.
    static func compiler(_ words: String) -> Finding {
        guard let version = version(in: words) else {
            return Finding(.warning, subject, "swift does not say its version: \(words.prefix(200))")
        }
        let name = "Swift " + version.map(String.init).joined(separator: ".")
        guard !version.lexicographicallyPrecedes(oldest) else {
            return Finding(
                .error, subject, "\(name) is too old.",
                hint: "Install Swift 6.3 or later: https://www.swift.org/install/")
        }
        return Finding(.fine, subject, name)
    }

    /// The numbers after `Swift version `.
    private static func version(in words: String) -> [Int]? {
        let words = words.utf8.split { $0 == 0x20 || $0 == 0x0A }.map { String(decoding: $0, as: UTF8.self) }
        guard let index = words.firstIndex(of: "version"), index + 1 < words.count else { return nil }
        let numbers = words[index + 1].utf8.split(separator: UInt8(ascii: "."))
            .map { Int(String(decoding: $0.prefix { (0x30...0x39).contains($0) }, as: UTF8.self)) }
        let version = numbers.prefix { $0 != nil }.compactMap { $0 }
        return version.isEmpty ? nil : version
    }

    private static var tracebacks: Finding {
        Symbolizer() == nil
            ? Finding(
                .note, subject, "There is no llvm-symbolizer: crashes take longer to show.",
                hint: "It is part of Swift's toolchain, and of the package llvm.")
            : Finding(.fine, subject, "llvm-symbolizer finds the sources of crashes")
    }
}
