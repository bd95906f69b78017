import Carafe
import CarafeServer
import Foundation
import Testing

@Suite("What the documents say of settings")
struct SettingsTests {
    @Test("the guide's table has every configuration key, and no other")
    func keys() throws {
        let source = try Documents.text("Sources/Carafe/Configuration/Config+Known.swift")
        let known = Set(source.matches(of: /"([A-Z]+(?:_[A-Z]+)*)"/).map { String($0.1) })
        let cells = try Documents.rows(of: "docs/guide/configuration.md").map(\.[0])
        let documented = Set(cells.flatMap { $0.matches(of: /`([A-Z_]+)`/).map { String($0.1) } })
        #expect(documented.subtracting(["RUN_HOST", "RUN_PORT"]) == known)
    }

    /// Defaults as the documents write them.
    static let limits: [(setting: String, value: String)] = {
        let http = HTTP1Limits(), forms = FormLimits(), json = JSONReader(), server = ServerConfiguration()
        let config = App("limits", root: "/nonexistent", environment: .none).config
        return [
            ("MAX_CONTENT_LENGTH", mebibytes(config.maxContentLength)),
            ("MAX_FORM_MEMORY_SIZE", grouped(config.maxFormMemorySize)),
            ("MAX_FORM_PARTS", grouped(config.maxFormParts)),
            ("FormLimits.files", grouped(forms.files)),
            ("FormLimits.partHeaderFields", grouped(forms.partHeaderFields)),
            (".partHeaderBytes", grouped(forms.partHeaderBytes)),
            ("FormLimits.spoolThreshold", "\(forms.spoolThreshold / 1024) KiB"),
            ("JSONReader.nestingLimit", grouped(json.nestingLimit)),
            (".sizeLimit", mebibytes(json.sizeLimit)),
            ("HTTP1Limits.target", grouped(http.target)),
            ("HTTP1Limits.field", grouped(http.field)),
            (".section", grouped(http.section)),
            (".fields", grouped(http.fields)),
            ("HTTP1Limits.chunkLine", grouped(http.chunkLine)),
            (".chunkExtensions", grouped(http.chunkExtensions)),
            ("HTTP1Limits.trailerSection", grouped(http.trailerSection)),
            (".trailers", grouped(http.trailers)),
            ("ServerConfiguration.headerTimeout", seconds(server.headerTimeout)),
            ("ServerConfiguration.bodyIdleTimeout", seconds(server.bodyIdleTimeout)),
            (".minimumBodyRate", grouped(server.minimumBodyRate)),
            ("ServerConfiguration.sendTimeout", seconds(server.sendTimeout)),
            ("ServerConfiguration.keepAliveTimeout", seconds(server.keepAliveTimeout)),
            ("PasswordWorkers", grouped(PasswordWorkers.shared.maximumWaiting)),
        ]
    }()

    @Test(
        "a limit's default is the one that the documents name",
        arguments: ["docs/deploying.md", "docs/design.md"], limits)
    func limit(document: String, limit: (setting: String, value: String)) throws {
        let (setting, value) = limit
        let rows = try Documents.rows(of: document)
        guard let row = rows.first(where: { $0.count == 4 && $0[2].contains("\(setting)`") }) else {
            // The design leaves out what only few need.
            return #expect(document == "docs/design.md" && setting == "FormLimits.spoolThreshold", "\(setting)")
        }
        #expect(Self.words(row[1]).contains(value), "\(row)")
    }

    /// `1,000 (100 files)` holds `1,000` and `100`, but not `10`.
    private static func words(_ cell: String) -> [String] {
        let parts = cell.split { $0 == ";" || $0 == "(" || $0 == ")" }
            .flatMap { $0.split(separator: ", ") }.map { $0.trimmingCharacters(in: .whitespaces) }
        return [1, 2, 3].flatMap { count in parts.map { $0.split(separator: " ").prefix(count).joined(separator: " ") }
        }
    }

    private static func grouped(_ number: Int) -> String {
        number < 1000 ? "\(number)" : "\(number / 1000)," + String(String(1000 + number % 1000).dropFirst())
    }

    private static func mebibytes(_ number: Int) -> String { "\(number / 1024 / 1024) MiB" }

    private static func seconds(_ duration: Duration) -> String { "\(duration.components.seconds) s" }
}
