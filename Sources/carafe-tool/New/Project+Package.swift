import Carafe

/// The files that every project has.
extension Project {
    /// Where the app's sources lie.
    var sourceFolder: String { kind == .singleFile ? "Sources" : "Sources/\(name)" }

    private var hasFolders: Bool { kind == .site }

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

    var makefile: String {
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
        \tdocker build \(buildContext)-t \(name) .

        """
    }

    /// A checkout of Carafe lies outside of what Docker sees of the project.
    private var buildContext: String {
        if case .folder(let folder) = source { "--build-context carafe=\(folder) " } else { "" }
    }

    var dockerfile: String {
        let carafe = if case .folder(let folder) = source { "COPY --from=carafe . \(folder)\n" } else { "" }
        let folders = hasFolders ? "COPY static static\nCOPY templates templates\n" : ""
        return """
            # make image; docker run -p 8000:8000 -e CARAFE_SECRET_KEY=… \(name)
            FROM swift:6.3-noble AS build
            RUN apt-get update \\
                && apt-get install -y --no-install-recommends zlib1g-dev \\
                && rm -rf /var/lib/apt/lists/*
            \(carafe)WORKDIR /src
            COPY Package.* ./
            COPY Sources Sources
            COPY Tests Tests
            RUN swift build -c release --static-swift-stdlib --product \(name)

            FROM ubuntu:24.04
            RUN useradd --system --no-create-home app
            WORKDIR /srv/\(name)
            COPY --from=build /src/.build/release/\(name) ./
            \(folders)USER app
            ENV CARAFE_RUN_HOST=0.0.0.0
            EXPOSE 8000
            CMD ["./\(name)"]

            """
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
