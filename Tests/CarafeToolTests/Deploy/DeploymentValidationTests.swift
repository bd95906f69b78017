import Foundation
import TestSupport
import Testing

@testable import carafe_tool

/// What others say of the form of the files: validate.py.
enum Validators {
    static let areInstalled = Python.has(
        "check_jsonschema", "dockerfile_parse", "jsonschema", "kubernetes_validate", "tree_sitter_groovy", "yaml")

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// `path\tproblem` for each.
    static func problems(in folder: String) throws -> [String] {
        let script = Self.folder.appending(path: "validate.py").path(percentEncoded: false)
        let lines = String(decoding: try Python.run([script, folder]), as: UTF8.self).split(separator: "\n")
        // Scripts too, which every sample has, and so nothing that was looked at is no sign of health.
        #expect((Int(lines.last?.split(separator: " ").first ?? "") ?? 0) > 15)
        return lines.dropLast().map(String.init)
    }

    /// The hashes of files that they have taken, which stand in for them where they are not installed.
    static let recorded = folder.appending(path: "validated.txt")

    /// A line for each file of the samples.
    static func hashes() throws -> String {
        try DeploymentSample.allCases.flatMap { sample in
            try sample.files.map { "\(hash(of: $0.text)) \(sample) \($0.path)\n" }
        }.joined()
    }

    /// FNV-1a: a file that has changed is to be noticed, nobody to be kept out.
    private static func hash(of text: String) -> String {
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}

@Suite("The files of carafe deploy init")
struct DeploymentValidationTests {
    @Test("are those that the validators have taken, to the byte")
    func recorded() throws {
        #expect(
            try Validators.hashes() == String(contentsOf: Validators.recorded, encoding: .utf8),
            "Have them validated anew: CARAFE_RECORD=1 swift test --filter DeploymentValidationTests")
    }

    @Test(
        "are taken by the schemas of Kubernetes, Compose and CI, by grammars, and by the rules for Dockerfiles",
        .enabled(if: Validators.areInstalled), arguments: DeploymentSample.allCases)
    func valid(sample: DeploymentSample) throws {
        let fixture = try sample.written()
        let problems = try Validators.problems(in: fixture.folder)
        #expect(problems == [])
        if problems.isEmpty, ProcessInfo.processInfo.environment["CARAFE_RECORD"] != nil {
            try Validators.hashes().write(to: Validators.recorded, atomically: true, encoding: .utf8)
        }
    }

    @Test("would not be taken with mistakes", .enabled(if: Validators.areInstalled))
    func invalid() throws {
        let mistakes = [
            ("Dockerfile", "FROM debian:bookworm-slim", "FROM debian"),
            ("compose.yaml", "depends_on:", "depend_on:"),
            ("deploy/swarm.yaml", "stop_grace_period: 45s", "stop_grace_period: [45s]"),
            ("deploy/kubernetes/deployment.yaml", "timeoutSeconds: 5", "timeoutSecond: 5"),
            ("deploy/kubernetes/hpa.yaml", "minReplicas: 2", "minReplicas: two"),
            ("deploy/kubernetes/deploy.sh", "esac", "end"),
            ("deploy/systemd/release.sh", "fi\n", ""),
            (".github/workflows/ci.yml", "runs-on:", "run-on:"),
            (".gitlab-ci.yml", "image: swift:6.3-bookworm", "image: 7"),
            (".travis.yml", "jobs:", "jobs: 7\nothers:"),
            (".circleci/config.yml", "version: 2.1", "version: 7"),
            ("Jenkinsfile", "stages {", "stages {{"),
        ]
        let fixture = try DeploymentSample.shop.written()
        for (path, text, wrong) in mistakes {
            let right = try TextFile.text(of: fixture.folder + "/" + path)
            #expect(right.contains(text), "\(path)")
            try fixture.write(path, Data(right.replacing(text, with: wrong).utf8))
        }
        let found = Set(try Validators.problems(in: fixture.folder).map { String($0.prefix { $0 != "\t" }) })
        #expect(found == Set(mistakes.map(\.0)))
    }
}
