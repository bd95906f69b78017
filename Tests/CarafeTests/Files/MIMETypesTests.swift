import Testing

@testable import Carafe

@Suite("Media types of files")
struct MIMETypesTests {
    @Test(
        "the end of the name tells the type",
        arguments: [
            ("index.html", "text/html; charset=utf-8"), ("a/b.CSS", "text/css; charset=utf-8"),
            ("app.js", "text/javascript; charset=utf-8"), ("app.mjs", "text/javascript; charset=utf-8"),
            ("data.json", "application/json"), ("logo.svg", "image/svg+xml; charset=utf-8"), ("a.png", "image/png"),
            ("a.jpeg", "image/jpeg"), ("a.webp", "image/webp"), ("a.avif", "image/avif"), ("a.woff2", "font/woff2"),
            ("a.wasm", "application/wasm"), ("a.pdf", "application/pdf"), ("a.xml", "text/xml; charset=utf-8"),
            ("a.mp4", "video/mp4"), ("a.ico", "image/vnd.microsoft.icon"), ("a.csv", "text/csv; charset=utf-8"),
        ])
    func known(name: String, type: String) {
        #expect(MIMETypes.type(ofFile: name) == type)
    }

    @Test(
        "what is not known is bytes",
        arguments: [
            "", "a", "a.", ".css", "..css", "a.unknown", "css", "a.css/b", "a.\0css",
            "a." + String(repeating: "x", count: 99),
        ])
    func unknown(name: String) {
        #expect(MIMETypes.type(ofFile: name) == "application/octet-stream")
    }

    @Test(
        "a file that is compressed as a whole has the type of what is in it",
        arguments: [
            ("a.tar.gz", "application/x-tar", "gzip"), ("a.tgz", "application/x-tar", "gzip"),
            ("a.svgz", "image/svg+xml; charset=utf-8", "gzip"), ("a.txt.bz2", "text/plain; charset=utf-8", "bzip2"),
            ("a.css.br", "text/css; charset=utf-8", "br"), ("a.tar.xz", "application/x-tar", "xz"),
            ("a.gz", nil, "gzip"),
        ])
    func compressed(name: String, type: String?, encoding: String) {
        #expect(MIMETypes.guess(name) == MIMETypes.Guess(type: type, encoding: encoding))
    }

    @Test("a registered type is told from then on, in whatever case")
    func registered() {
        MIMETypes.register("text/x-teapot", for: ".Teapot")
        #expect(MIMETypes.type(ofFile: "a.TEAPOT") == "text/x-teapot; charset=utf-8")
    }

    @Test("the table is sorted, as searching by halves needs, and each of its lines is found")
    func table() {
        let lines = MIMETypes.table.description.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
        #expect(lines.count > 300 && lines.allSatisfy { $0.count == 2 })
        let extensions = lines.map { Array($0[0].utf8) }
        #expect(zip(extensions, extensions.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        #expect(lines.allSatisfy { MIMETypes.guess("a.\($0[0])").type == String($0[1]) })
    }
}
