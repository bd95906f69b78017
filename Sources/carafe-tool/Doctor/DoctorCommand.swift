import ArgumentParser

/// `carafe doctor`: looks for what keeps a project, or the move from Flask, from working.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look for what keeps the app in this folder from working.",
        discussion: """
            Looks at the toolchain, the libraries that the package needs, the port, the configuration, the secret key and \
            the templates. Nothing is built or changed.

            --flask reads a Flask project instead, without running any of it, and tells what Carafe will share with it: \
            sessions, password hashes, templates, databases; and what stands for the extensions that it uses.

            Exits with 1 where something must be mended.
            """)

    @Option(help: ArgumentHelp("Look at this Flask project instead.", valueName: "folder"))
    var flask: String?

    @Option(help: "The host that the app shall listen on.")
    var host = "127.0.0.1"

    @Option(name: .shortAndLong, help: "The port that the app shall listen on. Default: the configuration's, or 8000.")
    var port: Int?

    @Option(help: "How it is printed: text, or json for programs.")
    var format: CheckCommand.Format = .text

    func validate() throws {
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port must be 0 to 65535.") }
    }

    func run() async throws {
        let findings: Findings
        do {
            if let flask {
                findings = try FlaskReport(of: flask).findings
            } else {
                findings = try await examine()
            }
        } catch let error as ToolError {
            StandardStreams.writeError("error: \(error.message)\n")
            throw ExitCode(1)
        }
        switch format {
        case .json: StandardStreams.write(findings.json)
        case .text: StandardStreams.write(findings.text(Terminal(of: .output)))
        }
        if findings.errorCount > 0 { throw ExitCode(1) }
    }

    /// The machine, and the project that the working folder belongs to.
    private func examine() async throws -> Findings {
        var findings = Findings()
        findings.add(await ToolchainCheck.findings())
        let place: PackagePlace
        do {
            place = try PackagePlace.enter(scratchPath: nil)
        } catch let error as ToolError {
            findings.add([Finding(.note, "project", error.message)])
            findings.add(await LibraryCheck(libraries: [.zlib]).findings())
            return findings
        }
        do {
            let package = try await DescribedPackage.load()
            findings.add([Finding(.fine, "project", "\(package.name) in \(place.root)")])
            findings.add(await LibraryCheck(libraries: SystemLibrary.needed(by: package)).findings())
            findings.add(try ProjectTemplates(of: package, root: place.root).findings())
        } catch let error as ToolError {
            findings.add([Finding(.error, "project", error.message)])
        }
        let configuration = ConfigurationCheck(root: place.root)
        findings.add(configuration.findings)
        findings.add(await RepositoryCheck(root: place.root).findings())
        findings.add([PortCheck.finding(host: host, port: port ?? configuration.port ?? 8000)])
        return findings
    }
}
