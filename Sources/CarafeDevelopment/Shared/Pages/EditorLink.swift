#if DEBUG || CARAFE_TOOL
    import FoundationEssentials

    /// Makes links that open a file in the developer's editor.
    package struct EditorLink: Sendable {
        /// An address with `{path}`, `{line}` and `{column}` to be replaced.
        private let pattern: String

        /// The editors that can be opened by an address, by the names of their commands.
        private static let patterns: [(name: String, pattern: String)] = [
            ("code", "vscode://file{path}:{line}:{column}"),
            ("vscode", "vscode://file{path}:{line}:{column}"),
            ("codium", "vscodium://file{path}:{line}:{column}"),
            ("cursor", "cursor://file{path}:{line}:{column}"),
            ("zed", "zed://file{path}:{line}:{column}"),
            ("subl", "subl://open?url=file://{path}&line={line}&column={column}"),
            ("idea", "idea://open?file={path}&line={line}&column={column}"),
            ("emacs", "org-protocol://open-source?url=file://{path}&line={line}&col={column}"),
            ("mvim", "mvim://open?url=file://{path}&line={line}&column={column}"),
        ]

        /// The editor that `CARAFE_EDITOR` names, by a name such as `code`, `zed` or `idea`, or by an address such as
        /// `myeditor://open?file={path}&line={line}`; else the one whose terminal this is. Nil for none: pages then have no
        /// links.
        package init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
            let name = environment["CARAFE_EDITOR"] ?? environment["TERM_PROGRAM"] ?? ""
            if name.utf8.contains(UInt8(ascii: ":")), name.contains("{path}") {
                pattern = name
            } else if let known = Self.patterns.first(where: { $0.name.utf8.elementsEqual(name.utf8.map { $0 | 0x20 }) }
            ) {
                pattern = known.pattern
            } else {
                return nil
            }
        }

        /// The address that opens a place in a file.
        package func url(path: String, line: Int, column: Int?) -> String {
            var rest = pattern[...]
            var url = ""
            while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
                url += rest[..<start]
                switch rest[start...end] {
                case "{path}": url += Self.encoded(path)
                case "{line}": url += String(line)
                case "{column}": url += String(column ?? 1)
                default: url += rest[start...end]
                }
                rest = rest[rest.index(after: end)...]
            }
            return url + rest
        }

        /// Percent-encoded but for what paths are made of.
        private static func encoded(_ path: String) -> String {
            let digits = Array("0123456789ABCDEF".utf8)
            var bytes: [UInt8] = []
            for byte in path.utf8 {
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
                    UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"):
                    bytes.append(byte)
                default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
#endif
