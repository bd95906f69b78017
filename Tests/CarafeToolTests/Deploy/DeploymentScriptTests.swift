import Foundation
import TestSupport
import Testing

@testable import carafe_tool

@Suite("The scripts that bring a version out")
struct DeploymentScriptTests {
    /// A folder with the shop's files, a program that stands in for another and notes how it is called, and a build.
    private final class Stage {
        let fixture: ToolFixture
        private let script: String
        var folder: String { fixture.folder }

        init(_ script: String, standIn name: String, _ text: String) throws {
            fixture = try DeploymentSample.shop.written()
            self.script = script
            for file in [
                "Sources/web_shop/static/a.css", "Sources/web_shop/migrations/versions/1.sql", "built/web_shop",
            ] {
                try fixture.write(file, Data(file.utf8))
            }
            try fixture.write("built/web_shop_web_shop.resources/a", Data())
            try fixture.write("bin/\(name)", Data("#!/bin/sh\necho \"$*\" >> \"$STAGE/calls\"\n\(text)".utf8))
            chmod(folder + "/bin/\(name)", 0o755)
        }

        func run(_ argument: String) throws -> (status: Int32, output: String) {
            var environment = ProcessInfo.processInfo.environment
            environment["PATH"] = folder + "/bin:" + (environment["PATH"] ?? "")
            environment["STAGE"] = folder
            environment["RELEASES"] = folder + "/srv"
            let process = try ChildProcess(folder + "/deploy/" + script, [argument], environment: environment)
            let output = String(decoding: process.readToEnd(), as: UTF8.self)
            return (process.wait(), output)
        }

        func text(_ path: String) -> String { (try? TextFile.text(of: folder + "/" + path)) ?? "" }
    }

    private func cluster(secret: Bool = true, job: String = "Complete") throws -> Stage {
        try Stage(
            "kubernetes/deploy.sh", standIn: "kubectl",
            """
            case "$1 $2" in
            "get secret") exit \(secret ? 0 : 1) ;;
            "get job") echo \(job) ;;
            "apply -f") if [ "$3" = - ]; then cat >> "$STAGE/applied"; fi ;;
            esac
            """)
    }

    @Test("Kubernetes gets the migrations first, and then the image that was named")
    func kubernetes() throws {
        let stage = try cluster()
        #expect(try stage.run("registry.test:5000/shop/web:2.0").status == 0)
        let calls = stage.text("calls").split(separator: "\n").map(String.init)
        #expect(
            calls.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
                "get secret", "apply -f", "delete job", "apply -f", "get job", "apply -f", "apply -f", "rollout status",
            ])
        let images = stage.text("applied").matches(of: /image: (.*)/).map { String($0.1) }
        #expect(images == ["registry.test:5000/shop/web:2.0", "registry.test:5000/shop/web:2.0"])
    }

    @Test(
        "Kubernetes keeps the old version where there is no secret, or the migrations fail",
        arguments: [(false, "Complete", "secret.example.yaml"), (true, "Failed", "The migrations failed")])
    func kubernetesFailures(secret: Bool, job: String, message: String) throws {
        let stage = try cluster(secret: secret, job: job)
        let result = try stage.run("registry.test:5000/shop/web:2.0")
        #expect(result.status == 1 && result.output.contains(message))
        #expect(!stage.text("applied").contains("kind: Deployment"))
    }

    @Test("a server gets a version with all that belongs to it, and keeps the last five")
    func release() throws {
        let stage = try Stage("systemd/release.sh", standIn: "systemctl", "")
        for _ in 0..<7 { #expect(try stage.run(stage.folder + "/built").status == 0) }
        #expect(stage.text("calls").hasPrefix("reload-or-restart web-shop.service\n"))
        let current = stage.folder + "/srv/current"
        let names = try FileManager.default.contentsOfDirectory(atPath: current + "/").sorted()
        #expect(names == ["migrations", "static", "web_shop", "web_shop_web_shop.resources"])
        #expect(stage.text("srv/current/migrations/versions/1.sql").hasSuffix("1.sql"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: stage.folder + "/srv").count == 6)
    }

    @Test("a version that does not start gives way to the one before it")
    func failedRelease() throws {
        let stage = try Stage("systemd/release.sh", standIn: "systemctl", "[ ! -e \"$STAGE/fails\" ]")
        func current() throws -> String {
            try FileManager.default.destinationOfSymbolicLink(atPath: stage.folder + "/srv/current")
        }
        _ = try stage.run(stage.folder + "/built")
        let first = try current()
        try stage.fixture.write("fails", Data())
        let result = try stage.run(stage.folder + "/built")
        #expect(result.status == 1 && result.output.contains("The version before it is current again"))
        #expect(try current() == first)
    }
}
