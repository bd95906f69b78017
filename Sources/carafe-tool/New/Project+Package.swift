import Carafe

/// The files that every project has.
extension Project {
    /// Where the app's sources lie.
    var sourceFolder: String { kind == .singleFile ? "Sources" : "Sources/\(name)" }

    var manifest: String {
        """
        // swift-tools-version:6.2
        import PackageDescription

        let package = Package(
            name: "\(name)",
            platforms: [.macOS(.v26)],
            dependencies: [
                \(source.dependency)
            ],
            targets: [
                .executableTarget(
                    name: "\(name)",
                    dependencies: [.product(name: "Carafe", package: "\(source.identity)")],
                    path: "\(sourceFolder)"
                ),
                .testTarget(
                    name: "\(name)Tests",
                    dependencies: ["\(name)", .product(name: "CarafeTesting", package: "\(source.identity)")]
                ),
            ]
        )

        """
    }

    var environment: String {
        """
        # The configuration of this machine; it stays out of the repository.
        CARAFE_SECRET_KEY=\(generateSecretKey())

        """
    }

    func makefile(_ deployment: Deployment) -> String {
        """
        .PHONY: run test release image

        # Builds, serves on http://127.0.0.1:8000 and follows every change.
        run:
        \tcarafe dev

        test:
        \tswift test

        # One executable in .build/release.
        release:
        \tswift build -c release --static-swift-stdlib --product \(name)

        image:
        \t\(deployment.dockerBuild(tag: deployment.app.slug))

        """
    }

    /// What `carafe deploy init` finds in the project as it is made.
    var deployment: Deployment {
        get throws {
            var app = try DeployedApp(name: name)
            if kind == .site { app.folders = ["static", "templates"].map { .init(name: $0, source: $0) } }
            if case .folder(let folder) = source { app.packages = [try .init(folder: folder, root: nil)] }
            return Deployment(app: app)
        }
    }

    var readme: String {
        """
        # \(name)

        ```sh
        carafe dev       # builds, serves http://127.0.0.1:8000 and follows every change
        swift test
        make release     # an executable for other machines
        make image       # a Docker image
        ```

        Configuration of this machine is in `.env`; it is not part of the repository. `CARAFE_SECRET_KEY` signs sessions:
        give every installation its own.

        """
    }
}
