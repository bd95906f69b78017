import Foundation
import NIOCore
import TestSupport
import Testing

@testable import CarafeHTTP

/// What can only be seen from a process of its own: its memory, its limits and its end.
@Suite("Forms and the process")
struct FormProcessTests {
    #if DEBUG
        static let size = 64 << 20
    #else
        static let size = 1 << 30
    #endif

    @Test(
        "a huge upload that is streamed or spooled adds at most 16 MiB of memory",
        .disabled(if: isSanitized, "sanitizers keep what was freed"))
    func memory() async {
        await #expect(processExitsWith: .success) {
            for spools in [false, true] {
                let before = Self.peakMemory()
                let body = RequestBody(contentLength: nil, limit: .max) {}
                let producer = Task {
                    _ = body.feed(
                        ByteBuffer(string: "--zz\r\nContent-Disposition: form-data; name=f; filename=g\r\n\r\n"))
                    for _ in 0..<(Self.size / 65_536) {
                        while body.unreadBytes >= RequestBody.highWatermark { await Task.yield() }
                        _ = body.feed(ByteBuffer(repeating: 0x78, count: 65_536))
                    }
                    _ = body.feed(ByteBuffer(string: "\r\n--zz--"))
                    body.finish()
                }
                var received = 0
                if spools {
                    received = try await Multipart.parser().parse(body).files.first?.size ?? 0
                } else {
                    for try await part in try Multipart.parser().parts(of: body) {
                        for try await chunk in part { received += chunk.readableBytes }
                    }
                }
                await producer.value
                #expect(received == Self.size)
                #expect(Self.peakMemory() - before <= 16 << 20)
            }
        }
    }

    /// The most memory that the process has had, in bytes.
    static func peakMemory() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) * 1024
    }

    /// The same folder in both processes.
    static let folder = NSTemporaryDirectory() + "carafe-forms-\(getpgrp())"

    @Test("an upload that does not fit on the disk is an error, and its file is gone")
    func diskFull() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
            #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            let folder = try UploadTests.Folder()
            let text = String(repeating: "x", count: 2 << 20)
            let body = Multipart.arriving(Multipart.file("f", text) + Multipart.end, pieceSize: 65_536)
            let parser = try Multipart.parser(spool: UploadSpool(directory: folder.path))
            let error = await #expect(throws: UploadError.self) { _ = try await parser.parse(body) }
            #expect(error?.errorNumber == EFBIG)
            #expect(try await folder.isClosed())

            // Saving from memory beyond the limit leaves no half of a file.
            let form = try Multipart.parser().parse(ByteBuffer(string: Multipart.file("f", text) + Multipart.end))
            await #expect(throws: UploadError.self) { try await form.files.first?.save(to: "\(folder.path)/saved") }
            #expect(folder.entries.isEmpty)
        }
    }

    @Test("a process that is killed leaves no file")
    func killed() async throws {
        try? FileManager.default.removeItem(atPath: Self.folder)
        try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: Self.folder) }
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let text = String(repeating: "x", count: 2 << 20)
            let body = Multipart.arriving(Multipart.file("f", text) + Multipart.end, pieceSize: 65_536)
            let form = try await Multipart.parser(spool: UploadSpool(directory: Self.folder)).parse(body)
            // Only a process that has the file open is killed, so the test fails where there is none.
            if form.files.first?.isInMemory == false { kill(getpid(), SIGKILL) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: Self.folder).isEmpty)
    }
}
