import Foundation
import TestSupport
import Testing

@testable import carafe_tool

/// Runs a program and takes what it writes.
private func output(of program: String, _ arguments: String...) throws -> (status: Int32, text: String) {
    let process = try ChildProcess(program, arguments)
    let text = String(decoding: process.readToEnd(), as: UTF8.self)
    return (process.wait(), text)
}

private func has(_ program: String, _ argument: String) -> Bool { (try? output(of: program, argument))?.status == 0 }

@Suite("The units of systemd", .enabled(if: has("systemd-analyze", "--version")))
struct SystemdUnitTests {
    /// The units of a sample, with a program that there is.
    private func units(_ sample: DeploymentSample, _ change: (String) -> String = { $0 }) throws -> (
        ToolFixture, [String]
    ) {
        let app = try sample.deployment.app
        let fixture = try ToolFixture([:])
        let paths = try ["service", "socket"].map { kind in
            let name = "\(app.slug).\(kind)"
            let text = try sample.text("deploy/systemd/\(name)")
                .replacing("/srv/\(app.slug)/current/\(app.name)", with: "/bin/true")
            try fixture.write(name, Data(change(text).utf8))
            return "\(fixture.folder)/\(name)"
        }
        return (fixture, paths)
    }

    @Test("are taken by systemd without a word", arguments: DeploymentSample.allCases)
    func verify(sample: DeploymentSample) throws {
        let (fixture, paths) = try units(sample)
        let result = try output(of: "systemd-analyze", "verify", paths[0], paths[1])
        #expect(result.status == 0 && result.text.isEmpty, "\(result.text)")
        withExtendedLifetime(fixture) {}
    }

    @Test("would not be with a mistake")
    func mistake() throws {
        let (fixture, paths) = try units(.shop) { $0.replacing("ProtectClock", with: "ProtectClocks") }
        #expect(try output(of: "systemd-analyze", "verify", paths[0], paths[1]).text.contains("ProtectClocks"))
        withExtendedLifetime(fixture) {}
    }

    @Test("leave the service little that it could do: an exposure below 2 of 10", arguments: DeploymentSample.allCases)
    func exposure(sample: DeploymentSample) throws {
        let (fixture, paths) = try units(sample)
        let result = try output(of: "systemd-analyze", "security", "--offline=true", "--threshold=20", paths[0])
        #expect(result.status == 0, "\(result.text.suffix(300))")
        withExtendedLifetime(fixture) {}
    }

    @Test("have the sockets that the app needs: the proxy's, or those of TLS")
    func sockets() throws {
        #expect(try DeploymentSample.shop.text("deploy/systemd/web-shop.socket").contains("=/run/web-shop.sock\n"))
        let own = try DeploymentSample.blog.text("deploy/systemd/blog.socket")
        #expect(own.contains("ListenStream=443\nListenStream=80\n") && !own.contains("/run"))
    }
}
