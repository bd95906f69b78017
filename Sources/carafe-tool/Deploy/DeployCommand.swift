import ArgumentParser

/// `carafe deploy`: what brings an app to where it serves.
struct DeployCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy", abstract: "Write what brings the app in this folder to where it serves.",
        subcommands: [DeployInitCommand.self])
}

/// `carafe deploy init`: writes the files for the services that an app shall run on.
struct DeployInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write files for Docker, Kubernetes, systemd, nginx and CI.",
        discussion: """
            The files are made for the app in this folder: its name, its port, the databases that it uses, its migrations, \
            templates and static files, whether it speaks TLS. Without a choice they are those for Docker, Compose, systemd \
            and nginx.

            Nothing is built, no file that is there is overwritten unless you say --force, and no secret is written.
            """)

    @Flag(help: "An image: Dockerfile and .dockerignore.")
    var docker = false

    @Flag(help: "One machine with Docker Compose: compose.yaml.")
    var compose = false

    @Flag(help: "Several machines with Docker Swarm: deploy/swarm.yaml.")
    var swarm = false

    @Flag(help: "A Kubernetes cluster: deploy/kubernetes.")
    var kubernetes = false

    @Flag(help: "A service of a Linux machine: deploy/systemd.")
    var systemd = false

    @Flag(help: "A proxy before the app: deploy/nginx.")
    var nginx = false

    @Option(
        help: ArgumentHelp("CI: github, gitlab, jenkins, travis, circleci, joined by commas.", valueName: "services"))
    var ci: [String] = []

    @Flag(help: "All of it.")
    var all = false

    @Option(help: ArgumentHelp("Write below this folder instead of the package's own.", valueName: "folder"))
    var output: String?

    @Flag(help: "Overwrite files that are there.")
    var force = false

    @Option(help: ArgumentHelp("The host that the app is reached at.", valueName: "name"))
    var host = Deployment.exampleHost

    @Option(
        help: ArgumentHelp(
            "The image's name in its registry, with or without a tag. Default: registry.example.com/APP:latest.",
            valueName: "name"))
    var image: String?

    @Option(help: "The executable to deploy; needed where the package has more than one app.")
    var product: String?

    func validate() throws {
        _ = try services()
        guard HostName.isValid(host) else { throw ValidationError("--host takes a name such as www.example.com.") }
        if let image, ImageName(image) == nil {
            throw ValidationError("--image takes a name such as registry.example.com/shop/web or …/web:1.2.3.")
        }
    }

    func run() async throws {
        do {
            try await write()
        } catch let error as ToolError {
            StandardStreams.writeError("error: \(error.message)\n")
            throw ExitCode(1)
        }
    }

    private func write() async throws {
        let start = WorkingFolder.path
        let place = try PackagePlace.enter(scratchPath: nil)
        let package = try await DescribedPackage.load()
        let app = try DeployedApp(package, product: package.product(named: product), root: place.root)
        let deployment = Deployment(app: app, host: host, image: image.flatMap { ImageName($0) })
        let folder = output.map { FilePath.absolute($0, in: start) } ?? place.root
        let parts = parts(of: app, try services())
        var report = "\(app.summary)\n"
        var isAnyKept = false
        for file in try deployment.files(for: parts) {
            let outcome = try file.write(to: folder, replaces: force)
            isAnyKept = isAnyKept || outcome == .kept
            report += "  \(outcome.label)  \(file.path)\n"
        }
        if isAnyKept { report += "What is kept differs from what would be written; --force overwrites it.\n" }
        StandardStreams.write(report + "\n" + deployment.nextSteps(for: parts))
    }

    /// What was chosen, and what that needs.
    func parts(of app: DeployedApp, _ services: [CIService]) -> Set<DeploymentPart> {
        var parts = Set(services.map { DeploymentPart.ci($0) })
        let chosen: [(Bool, DeploymentPart)] = [
            (docker, .docker), (compose, .compose), (swarm, .swarm), (kubernetes, .kubernetes), (systemd, .systemd),
            (nginx, .nginx),
        ]
        for (isChosen, part) in chosen where isChosen || all { parts.insert(part) }
        if parts.isEmpty {
            parts = [.docker, .compose, .systemd]
            // An app that speaks TLS needs nobody to do so for it.
            if !app.hasTLS { parts.insert(.nginx) }
        }
        if !parts.isSubset(of: [.systemd, .nginx]) { parts.insert(.docker) }
        return parts
    }

    /// - Throws: where a service of CI is not known
    func services() throws -> [CIService] {
        if all { return CIService.allCases }
        return try ci.flatMap { $0.split(separator: ",") }.map { name in
            guard let service = CIService(rawValue: String(name.drop { $0 == " " })) else {
                throw ValidationError(
                    "--ci knows \(CIService.allCases.map(\.rawValue).joined(separator: ", ")), and not '\(name)'.")
            }
            return service
        }
    }
}

extension GeneratedFile.Outcome {
    fileprivate var label: String {
        switch self {
        case .written: "wrote   "
        case .replaced: "replaced"
        case .unchanged: "same    "
        case .kept: "kept    "
        }
    }
}
