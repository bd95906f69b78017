import CarafeServer
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the functions and sources of addresses with the toolchain's programs.
///
/// Swift's runtime does so too when a program crashes, but takes ten times as long: 25 s for 45 frames of an app in debug on a
/// busy machine, where this takes 2.
struct Symbolizer: Sendable {
    private let symbolizer: String
    private let demangler: String?

    /// - Returns: nil where the toolchain has none; the runtime then has to
    init?() {
        guard let symbolizer = Self.find("llvm-symbolizer") else { return nil }
        self.symbolizer = symbolizer
        demangler = Self.find("swift-demangle")
    }

    /// A program beside the compiler, or in `PATH`.
    private static func find(_ name: String) -> String? {
        let folders = (ProcessEnvironment["PATH"] ?? "").split(separator: ":").map(String.init)
        let toolchain = folders.map { $0 + "/swift" }.first { access($0, X_OK) == 0 }.flatMap { path -> String? in
            guard let real = realpath(path, nil) else { return nil }
            defer { free(real) }
            return FilePath.parent(of: String(cString: real))
        }
        return ([toolchain].compactMap { $0 } + folders).map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
    }

    /// What the symbolizer says of an address.
    private struct Answer: Decodable {
        struct Symbol: Decodable {
            let function: String
            let file: String
            let line: Int
            let column: Int

            private enum CodingKeys: String, CodingKey {
                case function = "FunctionName"
                case file = "FileName"
                case line = "Line"
                case column = "Column"
            }
        }

        /// The innermost first, where calls were inlined.
        let symbols: [Symbol]?

        private enum CodingKeys: String, CodingKey { case symbols = "Symbol" }
    }

    /// The frames of addresses within images, in their order; functions that were inlined are frames of their own.
    func frames(_ addresses: [CrashReport.Address]) async -> [CrashReport.Frame] {
        let byImage = Dictionary(grouping: addresses.indices) { addresses[$0].image }
        var answers = [[Answer.Symbol]](repeating: [], count: addresses.count)
        await withTaskGroup(of: (String, [[Answer.Symbol]]).self) { group in
            for (image, indices) in byImage {
                group.addTask { (image, await symbols(indices.map { addresses[$0].offset }, in: image)) }
            }
            for await (image, symbols) in group {
                for (index, found) in zip(byImage[image] ?? [], symbols) { answers[index] = found }
            }
        }
        let names = await demangled(answers.flatMap { $0 }.map(\.function))
        return zip(addresses, answers).flatMap { address, symbols in
            symbols.map { symbol in
                let hasSource = symbol.line > 0 && symbol.file.hasPrefix("/") && !symbol.file.hasSuffix(">")
                return CrashReport.Frame(
                    function: names[symbol.function] ?? symbol.function,
                    image: FilePath.name(of: address.image),
                    path: hasSource ? symbol.file : nil, line: hasSource ? symbol.line : 0,
                    column: hasSource ? symbol.column : 0)
            }
        }
    }

    private func symbols(_ offsets: [UInt64], in image: String) async -> [[Answer.Symbol]] {
        let arguments = ["--no-demangle", "--output-style=JSON", "--obj=\(image)"]
        let output = await Self.output(symbolizer, arguments + offsets.map { "0x" + String($0, radix: 16) })
        guard let data = output.first.map({ Data($0.utf8) }),
            let answers = try? JSONDecoder().decode([Answer].self, from: data)
        else { return [] }
        return answers.map { ($0.symbols ?? []).filter { !$0.function.isEmpty } }
    }

    private func demangled(_ names: [String]) async -> [String: String] {
        let mangled = Array(Set(names.filter { $0.hasPrefix("$s") }))
        guard let demangler, !mangled.isEmpty else { return [:] }
        let lines = await Self.output(demangler, ["--simplified", "--compact"] + mangled)
        guard lines.count == mangled.count else { return [:] }
        return Dictionary(uniqueKeysWithValues: zip(mangled, lines))
    }

    /// The lines that a program prints; none where it fails.
    private static func output(_ path: String, _ arguments: [String]) async -> [String] {
        guard let pipe = try? Pipe() else { return [] }
        let program = try? ChildProgram(
            path, arguments, environment: ProcessEnvironment.with([:]), output: .pipe(pipe.writeEnd), errors: .inherited
        )
        let lines = await pipe.lines().reduce(into: [String]()) { $0.append($1) }
        return await program?.ended.value == .exit(0) ? lines : []
    }
}
