#if DEBUG
    import Carafe
    import FoundationEssentials

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    extension ReportTab {
        /// Where the app runs.
        static var environmentTab: ReportTab {
            let variables = ProcessInfo.processInfo.environment.sorted { $0.key < $1.key }.prefix(rowLimit)
            return ReportTab(
                id: "environment", title: "Environment",
                parts: [
                    .rows("", versions),
                    .rows(
                        "Variables",
                        variables.map { (name: $0.key, value: Masked.text($0.value, named: $0.key)) }),
                ],
                absence: "")
        }

        private static var versions: [(name: String, value: String)] {
            var name = utsname()
            uname(&name)
            return [
                ("Swift", swiftVersion),
                ("System", "\(text(of: &name.sysname)) \(text(of: &name.release)) on \(text(of: &name.machine))"),
                ("Process", "\(getpid()) of \(CommandLine.arguments.first ?? "")"),
                ("Folder", FileManager.default.currentDirectoryPath),
            ]
        }

        /// The text of a field that ends with its first zero.
        private static func text(of field: inout some Any) -> String {
            withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }

        /// That of the compiler, as far as a program can know it.
        private static var swiftVersion: String {
            #if compiler(>=6.4)
                "6.4 or later"
            #elseif compiler(>=6.3)
                "6.3"
            #else
                "6.2"
            #endif
        }
    }
#endif
