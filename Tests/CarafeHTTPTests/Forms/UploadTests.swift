import Foundation
import NIOCore
import Testing

@testable import CarafeHTTP

@Suite("Uploads")
struct UploadTests {
    /// A folder that goes with the test.
    final class Folder: Sendable {
        let path = NSTemporaryDirectory() + "carafe-uploads-\(UUID().uuidString)"

        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var entries: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }

        /// How many files of this folder the process has open.
        var openFiles: Int {
            let links = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            return links.filter {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))?.contains(path)
                    == true
            }.count
        }

        /// Waits for files to be closed, which another thread does.
        func isClosed() async throws -> Bool {
            for _ in 0..<500 where openFiles > 0 { try await Task.sleep(for: .milliseconds(10)) }
            return openFiles == 0
        }
    }

    static let content = String(repeating: "0123456789abcdef", count: 50_000)

    let folder: Folder

    init() throws { folder = try Folder() }

    private func form(_ body: String, threshold: Int = 1_000) async throws -> FormData {
        var limits = FormLimits()
        limits.spoolThreshold = threshold
        let parser = try Multipart.parser(limits: limits, spool: UploadSpool(directory: folder.path))
        return try await parser.parse(Multipart.arriving(body, pieceSize: 10_000))
    }

    private func upload() async throws -> Upload {
        try #require(try await form(Multipart.file("f", Self.content) + Multipart.end).files.first)
    }

    private func saved(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")), as: UTF8.self)
    }

    @Test("a large file is on the disk without a name, and gone with its last copy")
    func spooled() async throws {
        var upload: Upload? = try await upload()
        #expect(upload?.isInMemory == false)
        #expect(upload?.size == 800_000)
        #expect(folder.openFiles == 1)
        #expect(folder.entries.isEmpty)
        #expect(try await upload?.read() == ByteBuffer(string: Self.content))
        upload = nil
        #expect(try await folder.isClosed())
    }

    @Test("files stay in memory until together they pass the threshold")
    func threshold() async throws {
        let text = String(repeating: "x", count: 500)
        let body = Multipart.file("a", text) + Multipart.file("b", text) + Multipart.file("c", "x") + Multipart.end
        #expect(try await form(body, threshold: 1_001).files.map(\.isInMemory) == [true, true, true])
        #expect(try await form(body, threshold: 1_000).files.map(\.isInMemory) == [true, true, false])
        #expect(try await form(body, threshold: 999).files.map(\.isInMemory) == [true, false, true])
    }

    @Test("the pieces of a file are the file, in memory and on the disk", arguments: [0, 10_000_000])
    func chunks(threshold: Int) async throws {
        let form = try await form(Multipart.file("f", Self.content) + Multipart.end, threshold: threshold)
        let upload = try #require(form.files.first)
        for _ in 0..<2 {
            var joined = ByteBuffer()
            for try await chunk in upload.chunks {
                #expect(chunk.readableBytes <= 65_536)
                joined.writeImmutableBuffer(chunk)
            }
            #expect(joined == ByteBuffer(string: Self.content))
        }
    }

    @Test("a form that fails leaves no file")
    func failure() async throws {
        await #expect(throws: FormError.self) { try await form(Multipart.file("f", Self.content)) }
        #expect(try await folder.isClosed())
        #expect(folder.entries.isEmpty)
    }

    @Test("where files without names are unknown, the name is removed at once")
    func removedName() async throws {
        let file = try TemporaryFile(in: UploadSpool(directory: folder.path), neverNamed: false)
        #expect(folder.entries.isEmpty)
        #expect(folder.openFiles == 1)
        try file.write(ByteBuffer(string: "abc"), at: 2)
        #expect(try file.read(at: 2, count: 10) == ByteBuffer(string: "abc"))
        let destination = try UploadDestination(path: "\(folder.path)/x", overwrite: false, permissions: 0o600)
        #expect(try !file.link(to: destination, size: 5))
    }

    @Test("a folder that is not there is an error that says so")
    func missingFolder() async throws {
        let parser = try Multipart.parser(limits: FormLimits(), spool: UploadSpool(directory: "/nowhere/at/all"))
        let body = Multipart.arriving(Multipart.file("f", Self.content) + Multipart.end)
        let error = await #expect(throws: UploadError.self) { try await parser.parse(body) }
        #expect(error?.kind == .storage)
        #expect(error?.message.contains("/nowhere/at/all") == true)
    }

    @Test("saving names the file, and saving again copies it")
    func save() async throws {
        let upload = try await upload()
        try await upload.save(to: "\(folder.path)/one", permissions: 0o640)
        try await upload.save(to: "\(folder.path)/two")
        try Data("changed".utf8).write(to: URL(filePath: "\(folder.path)/two"))
        #expect(try saved("one") == Self.content)
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/one")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o640)
        #expect(folder.entries.sorted() == ["one", "two"])
    }

    @Test("the large files of a form share one open file, and are saved apart")
    func sharedFile() async throws {
        let texts = ["x", "y", "z"].map { String(repeating: $0, count: 90_000) }
        let body = texts.map { Multipart.file("f", $0) }.joined() + Multipart.end
        let form = try await form(body)
        #expect(folder.openFiles == 1)
        for (upload, text) in zip(form.files, texts) {
            #expect(!upload.isInMemory)
            #expect(try await upload.read() == ByteBuffer(string: text))
            try await upload.save(to: "\(folder.path)/one", overwrite: true)
            #expect(try saved("one") == text)
        }
        #expect(form.files.count == 3)
        #expect(folder.entries == ["one"])
    }

    @Test("a file is never overwritten unless that is asked for", arguments: [0, 10_000_000])
    func exclusive(threshold: Int) async throws {
        let form = try await form(Multipart.file("f", Self.content) + Multipart.end, threshold: threshold)
        let upload = try #require(form.files.first)
        try Data("old".utf8).write(to: URL(filePath: "\(folder.path)/one"))
        let error = await #expect(throws: UploadError.self) { try await upload.save(to: "\(folder.path)/one") }
        #expect(error?.kind == .exists)
        #expect(try saved("one") == "old")
        try await upload.save(to: "\(folder.path)/one", overwrite: true)
        #expect(try saved("one") == Self.content)
        #expect(folder.entries == ["one"])
    }

    @Test("a symbolic link is replaced, not followed")
    func symbolicLink() async throws {
        try Data("target".utf8).write(to: URL(filePath: "\(folder.path)/target"))
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: "target")
        let upload = try await upload()
        await #expect(throws: UploadError.self) { try await upload.save(to: "\(folder.path)/link") }
        try await upload.save(to: "\(folder.path)/link", overwrite: true)
        #expect(try saved("target") == "target")
        #expect(try saved("link") == Self.content)
    }

    @Test("a path that the system would see otherwise is refused", arguments: ["", "/tmp/a\0.txt"])
    func invalidPath(path: String) async throws {
        let upload = try await upload()
        let error = await #expect(throws: UploadError.self) { try await upload.save(to: path) }
        #expect(error?.kind == .invalidPath)
    }

    @Test("saving where there is no folder, or where a folder is, is an error and leaves nothing")
    func noFolder() async throws {
        let upload = try await upload()
        await #expect(throws: UploadError.self) { try await upload.save(to: "\(folder.path)/no/file") }
        try FileManager.default.createDirectory(atPath: "\(folder.path)/folder", withIntermediateDirectories: true)
        await #expect(throws: UploadError.self) { try await upload.save(to: "\(folder.path)/folder", overwrite: true) }
        #expect(folder.entries == ["folder"])
    }

    @Test("files are written where the spool says")
    func executor() async throws {
        let executor = CountingExecutor()
        var limits = FormLimits()
        limits.spoolThreshold = 1_000
        let spool = UploadSpool(directory: folder.path, executor: executor)
        let parser = try Multipart.parser(limits: limits, spool: spool)
        _ = try await parser.parse(Multipart.arriving(Multipart.file("f", Self.content) + Multipart.end))
        #expect(executor.count >= 7)
    }
}
