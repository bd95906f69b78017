import Foundation
import Testing

@Suite("An app's process", .enabled(if: HelloProcess.isBuilt), .timeLimit(.minutes(5)))
struct ServeProcessTests {
    @Test("serves where the environment says, and ends with 0 after SIGTERM")
    func environment() throws {
        let hello = try HelloProcess([], ["CARAFE_RUN_HOST": "127.0.0.2", "CARAFE_RUN_PORT": "0"])
        let address = try #require(hello.address)
        #expect(address.hasPrefix("http://127.0.0.2:"))
        #expect(try hello.get("/") == "Hello, World!")
        #expect(hello.end() == 0)
    }

    @Test("the command line wins over the environment")
    func commandLine() throws {
        let hello = try HelloProcess(
            ["--host", "127.0.0.1", "--port", "0"], ["CARAFE_RUN_HOST": "127.0.0.2", "CARAFE_RUN_PORT": "web"])
        #expect(hello.address?.hasPrefix("http://127.0.0.1:") == true)
        #expect(hello.end() == 0)
    }

    @Test("--debug and --access-log win over the environment as well")
    func debug() throws {
        let hello = try HelloProcess(
            ["--port", "0", "--debug", "--access-log", "json"], ["CARAFE_DEBUG": "0", "CARAFE_ACCESS_LOG": "off"])
        _ = try hello.get("/user/7")
        #expect(hello.end() == 0)
        #expect(hello.output.contains("Debug mode is on"))
        #expect(hello.output.contains("\"/user/7\""))
    }

    @Test("ends with 78 where the app is put together wrongly, and says why")
    func configuration() throws {
        let hello = try HelloProcess([], ["CARAFE_MAX_CONTENT_LENGTH": "much"])
        #expect(hello.wait() == 78)
        #expect(hello.output.contains("MAX_CONTENT_LENGTH is not a whole number"))
    }

    @Test("ends with 64 after wrong usage and with 0 after help")
    func usage() throws {
        #expect(try HelloProcess(["--nonsense"], [:]).wait() == 64)
        #expect(try HelloProcess(["--help"], [:]).wait() == 0)
    }

    @Test("refuses deterministic hashing outside of debug mode")
    func deterministicHashing() throws {
        let refused = try HelloProcess(["--port", "0"], ["SWIFT_DETERMINISTIC_HASHING": "1"])
        #expect(refused.wait() == 78)
        #expect(refused.output.contains("SWIFT_DETERMINISTIC_HASHING is set"))
        let allowed = try HelloProcess(["--port", "0", "--debug"], ["SWIFT_DETERMINISTIC_HASHING": "1"])
        #expect(allowed.address != nil)
        #expect(allowed.end() == 0)
    }
}
