import CarafeServer
import FoundationEssentials

/// Finds the functions and sources of addresses with the toolchain's programs.
///
/// Swift's runtime does so too, but takes ten times as long: 25 s for 45 frames of an app in debug on a busy machine, where
/// this takes 2.
package struct Symbolizer: Sendable {
    private let symbolizer: String
    private let demangler: String?

    /// - Returns: nil where there is no `llvm-symbolizer`, neither beside the compiler nor in `PATH`
    package init?() {
        guard let symbolizer = ProgramOutput.find("llvm-symbolizer") else { return nil }
        self.symbolizer = symbolizer
        demangler = ProgramOutput.find("swift-demangle")
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

    /// The frames of addresses, for each in its order; functions that were inlined are frames of their own.
    package func frames(_ addresses: [ImageAddress]) async -> [[SourceFrame]] {
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
        return zip(addresses, answers).map { address, symbols in
            symbols.map { symbol in
                let hasSource =
                    symbol.line > 0 && symbol.file.utf8.first == UInt8(ascii: "/")
                    && symbol.file.utf8.last != UInt8(ascii: ">")
                return SourceFrame(
                    function: names[symbol.function] ?? symbol.function, image: Self.name(of: address.image),
                    path: hasSource ? symbol.file : nil, line: hasSource ? symbol.line : 0,
                    column: hasSource ? symbol.column : 0)
            }
        }
    }

    private func symbols(_ offsets: [UInt64], in image: String) async -> [[Answer.Symbol]] {
        let arguments = ["--no-demangle", "--output-style=JSON", "--obj=\(image)"]
        let output = await ProgramOutput.lines(
            of: symbolizer, arguments + offsets.map { "0x" + String($0, radix: 16) })
        guard let data = output.first.map({ Data($0.utf8) }),
            let answers = try? JSONDecoder().decode([Answer].self, from: data)
        else { return [] }
        return answers.map { ($0.symbols ?? []).filter { !$0.function.isEmpty } }
    }

    private func demangled(_ names: [String]) async -> [String: String] {
        let mangled = Array(Set(names.filter { $0.utf8.starts(with: "$s".utf8) }))
        guard let demangler, !mangled.isEmpty else { return [:] }
        let lines = await ProgramOutput.lines(of: demangler, ["--simplified", "--compact"] + mangled)
        guard lines.count == mangled.count else { return [:] }
        // Code at the top of a file is in no function: `closure #2 in `.
        return Dictionary(uniqueKeysWithValues: zip(mangled, lines.map { Self.without(" in ", at: $0) }))
    }

    private static func without(_ end: String, at text: String) -> String {
        guard text.utf8.count > end.utf8.count, text.utf8.suffix(end.utf8.count).elementsEqual(end.utf8) else {
            return text
        }
        return String(decoding: text.utf8.dropLast(end.utf8.count), as: UTF8.self)
    }

    /// `c` of `/a/b/c`.
    static func name(of path: String) -> String {
        path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) } ?? path
    }
}
