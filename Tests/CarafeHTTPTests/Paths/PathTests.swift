import CarafeHTTP
import Testing

@Suite("Paths that come with requests")
struct PathTests {
    @Test("no part leads out of the directory (P-01)")
    func outside() {
        let pieces = [
            "..", ".", "/", "//", "a", "b", "...", "..\\", "\0", "con", "..;", "%2e%2e", "\u{2025}", "．．", " ",
        ]
        for _ in 0..<4000 {
            let part = (0..<Int.random(in: 1...8)).map { _ in pieces.randomElement() ?? "" }.joined()
            guard let path = safeJoin("/root/dir", part) else { continue }
            var depth = 0
            for segment in path.utf8.split(separator: 0x2F) where !segment.elementsEqual(".".utf8) {
                depth += segment.elementsEqual("..".utf8) ? -1 : 1
                #expect(!segment.elementsEqual("..".utf8), "\(part.debugDescription)")
            }
            #expect(depth >= 2 && path.utf8.starts(with: "/root/dir".utf8), "\(part.debugDescription)")
            #expect(path.utf8.allSatisfy { $0 != 0 && $0 != 0x5C })
        }
    }

    @Test(
        "Windows devices are refused and renamed on every system",
        arguments: ["con", "CON", "nul.txt", "Aux.tar.gz", "com1", "LPT9.x", "COM¹", "conin$", "prn "])
    func devices(_ name: String) {
        #expect(safeJoin("d", name) == nil)
        #expect(safeJoin("d", "a/" + name + "/b") == nil)
        #expect(safeJoin("d", "x" + name) != nil)
    }

    @Test(
        "a secured name is what Werkzeug's is, and no device",
        arguments: [("con.txt", "_con.txt"), ("../con", "_con"), ("a/../../é", "a_.._.._e")])
    func secured(_ name: String, _ expected: String) {
        #expect(secureFilename(name) == expected)
    }

    @Test("text without ASCII in it leaves nothing", arguments: ["日本", "", "..", "///", "\u{301}", "._._"])
    func empty(_ name: String) {
        #expect(secureFilename(name).isEmpty)
    }
}
