import Foundation
import Testing

@testable import CarafeTemplates

@Suite("Templates that the plugin EmbedTemplates writes into the program")
struct EmbeddedTemplatesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "templates")

    /// What is in the program, without the files that debug builds read first.
    private static var embedded: any TemplateLoader {
        (EmbeddedTemplates.loader as? ChoiceLoader)?.loaders.last ?? EmbeddedTemplates.loader
    }

    @Test("each file is there under its path, to the byte", arguments: ["page.html", "mail/welcome.txt"])
    func files(_ name: String) throws {
        let text = try Self.embedded.source(of: name).text
        #expect(Array(text.utf8) == Array(try Data(contentsOf: Self.folder.appending(path: name))))
        #expect(try Self.embedded.templateNames() == ["mail/welcome.txt", "page.html"])
    }

    @Test("they render, one extending the other")
    func rendering() throws {
        let environment = TemplateEnvironment(loader: EmbeddedTemplates.loader)
        let text = try environment.template("mail/welcome.txt").render(["name": "page"])
        #expect(text == #"Embedded page: "quotes", \(backslash), """ and é"#)
    }

    #if DEBUG
        @Test("debug builds read the files themselves")
        func debugging() throws {
            let source = try EmbeddedTemplates.loader.source(of: "page.html")
            #expect(source.filename == Self.folder.appending(path: "page.html").path)
        }
    #endif
}
