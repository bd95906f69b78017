import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import carafe_tool

@Suite("carafe deploy init", .timeLimit(.minutes(5)))
struct DeployCommandTests {
    private func parts(_ arguments: String..., app: DeployedApp? = nil) throws -> Set<DeploymentPart> {
        let command = try #require(try DeployInitCommand.parseAsRoot(arguments) as? DeployInitCommand)
        return command.parts(of: try app ?? DeployedApp(name: "web"), try command.services())
    }

    @Test("writes for Docker, Compose, systemd and nginx unless it is told")
    func usual() throws {
        #expect(try parts() == [.docker, .compose, .systemd, .nginx])
        var app = try DeployedApp(name: "web")
        app.hasTLS = true
        #expect(try parts(app: app) == [.docker, .compose, .systemd], "who speaks TLS needs no proxy")
        #expect(try parts("--all") == Set(Deployment.order))
    }

    @Test("what needs an image brings the Dockerfile")
    func implied() throws {
        #expect(try parts("--kubernetes") == [.kubernetes, .docker])
        #expect(
            try parts("--ci", "github,gitlab", "--ci", "travis") == [.ci(.github), .ci(.gitlab), .ci(.travis), .docker])
        #expect(try parts("--systemd", "--nginx") == [.systemd, .nginx])
    }

    @Test(
        "wrong options are told with what would be right",
        arguments: [
            (["--ci", "github,bamboo"], "--ci knows github, gitlab, jenkins, travis, circleci, and not 'bamboo'."),
            (["--host", "http://x"], "--host takes a name"), (["--host", "x..test"], "--host takes a name"),
            (["--image", "Shop"], "--image takes a name"), (["--image", "a//b"], "--image takes a name"),
            (["--image", "a:b c"], "--image takes a name"), (["--image", "a:\u{10}"], "--image takes a name"),
        ])
    func usage(arguments: [String], message: String) {
        let error = #expect(throws: (any Error).self) { try DeployInitCommand.parseAsRoot(arguments) }
        #expect(error.map { DeployInitCommand.fullMessage(for: $0) }?.contains(message) == true)
    }

    @Test(
        "the image's tag is what follows the last colon of its last part",
        arguments: [
            ("web", "web", "latest"), ("registry.test:5000/shop/web", "registry.test:5000/shop/web", "latest"),
            ("registry.test:5000/web:V1.2_3", "registry.test:5000/web", "V1.2_3"),
        ])
    func image(text: String, repository: String, tag: String) {
        #expect(ImageName(text)?.repository == repository && ImageName(text)?.tag == tag)
    }

    @Test("goes with a new project: everything is written, valid, free of secrets, and left alone the second time")
    func endToEnd() throws {
        let fixture = try ToolFixture([:])
        let project = fixture.folder + "/guests"
        func carafe(_ folder: String, _ arguments: String...) throws -> String {
            var environment = ProcessInfo.processInfo.environment
            environment["XDG_CONFIG_HOME"] = fixture.folder
            let process = try ChildProcess(
                "sh", ["-c", "cd \"$0\" && exec \"$@\"", folder, SlowTests.tool] + arguments, environment: environment)
            let output = String(decoding: process.readToEnd(), as: UTF8.self)
            #expect(process.wait() == 0, "\(output)")
            return output
        }
        _ = try carafe(fixture.folder, "new", "guests", "--path", SlowTests.checkout)
        let first = try carafe(project, "deploy", "init", "--all", "--host", "guests.test")
        #expect(first.hasPrefix("guests: static, templates, port 8000\n"))
        #expect(first.contains("  same      Dockerfile\n") && first.contains("  wrote     Jenkinsfile\n"))

        let paths = try FileManager.default.subpathsOfDirectory(atPath: project)
        let key = try #require(try TextFile.text(of: project + "/.env").split(separator: "=").last)
        for path in paths where path != ".env" && !TextFile.isFolder(project + "/" + path) {
            #expect(try !TextFile.text(of: project + "/" + path).contains(key.dropLast()), "\(path)")
        }
        if Validators.areInstalled { #expect(try Validators.problems(in: project) == []) }

        try Data("mine\n".utf8).write(to: URL(filePath: project + "/compose.yaml"))
        let second = try carafe(project, "deploy", "init", "--all", "--host", "guests.test")
        #expect(!second.contains("  wrote ") && second.contains("  kept      compose.yaml\n"))
        #expect(try TextFile.text(of: project + "/compose.yaml") == "mine\n")
        #expect(try carafe(project, "deploy", "init", "--compose", "--force").contains("  replaced  compose.yaml\n"))
        _ = try carafe(project, "deploy", "init", "--systemd", "--output", "../preview")
        #expect(FileManager.default.fileExists(atPath: fixture.folder + "/preview/deploy/systemd/guests.service"))
    }
}
