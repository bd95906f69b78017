import Carafe
import Testing

@testable import carafe_tool

@Suite("The report of a crash")
struct CrashReportTests {
    private static let lines = """
        2026-11-21T15:45:14+0000 info site: listens
        Swift/ContiguousArrayBuffer.swift:692: Fatal error: Index out of range
        swift-runtime: failed to suspend thread 21164 while processing a crash; backtraces will be missing information

        *** Signal 4: Backtracing from 0x7fe850b6df7f... done ***

        *** Program crashed: Illegal instruction at 0x00007fe850b6df7f ***

        Thread 1 "NIO-ELT-0-#0" crashed:

          0                  0x00007fe850b6df7f closure #1 in _assertionFailure(_:_:file:line:flags:) + 623 in libswiftCore.so
          1 [ra]             0x000055dc507c7aa1 P.third(_:) + 64 in site at /src/a b/App.swift:2:52
          2 [async] [thunk]  0x000055dc507c7770 thunk for @escaping () -> () in site at //<compiler-generated>
          3 [inlined]        0x000055dc507c796f closure #1 in work() in site at /src/App.swift:3:59
        ...
        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

    @Test("says why, and where in the sources")
    func report() {
        let report = CrashReport(Self.lines, signal: 4)
        #expect(report.reason == "Fatal error: Index out of range")
        #expect(
            report.frames.map(\.function) == [
                "closure #1 in _assertionFailure(_:_:file:line:flags:)", "P.third(_:)", "thunk for @escaping () -> ()",
                "closure #1 in work()",
            ])
        #expect(report.frames.map(\.path) == [nil, "/src/a b/App.swift", nil, "/src/App.swift"])
        #expect(report.frames.map(\.line) == [0, 2, 0, 3])
        #expect(report.frames[0].image == "libswiftCore.so")
        #expect(report.log == Array(Self.lines[..<2]))
    }

    @Test(
        "names the signal where the runtime wrote nothing",
        arguments: [(11, "bad memory access"), (9, "killed"), (63, "signal 63")])
    func signal(number: Int32, text: String) {
        let report = CrashReport(["a log line"], signal: number)
        #expect(report.reason.contains(text))
        #expect(report.frames.isEmpty)
        #expect(report.log == ["a log line"])
    }

    @Test("has the runtime's reason where there is no message")
    func withoutMessage() {
        let report = CrashReport(Array(Self.lines[2...]), signal: 4)
        #expect(report.reason == "Illegal instruction at 0x00007fe850b6df7f")
    }

    @Test("has addresses within images where the runtime looked for no functions")
    func addresses() {
        let lines = """
            *** Program crashed: Illegal instruction at 0x00007f53bc36df7f ***

             0      0x00007f53bc36df7f
             1 [ra] 0x000055a9bfa447c0
             2 [ra] 0x0000000000000001

            Images (15 omitted):

            0x000055a9be879000–0x000055a9bfe1fea8 c421a588 site            /src/a b/.build/debug/site
            0x00007f53bc200000–0x00007f53bc7d2d40 b521f25f libswiftCore.so /usr/lib/libswiftCore.so
            """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let report = CrashReport(lines, signal: 4)
        #expect(report.frames.isEmpty)
        #expect(
            report.addresses == [
                CrashReport.Address(image: "/usr/lib/libswiftCore.so", offset: 0x16DF7F),
                CrashReport.Address(image: "/src/a b/.build/debug/site", offset: 0x11CB7BF),
            ])
    }
}
