extension Deployment {
    /// What is to be done with the files.
    func nextSteps(for parts: Set<DeploymentPart>) -> String {
        var steps = Self.order.filter(parts.contains).flatMap(steps)
        let services = CIService.allCases.filter { parts.contains(.ci($0)) }
        if !services.isEmpty {
            steps.append("git add \(services.map(\.path).joined(separator: " "))      # and push it")
        }
        let text = notes(for: parts).map { $0 + "\n" }.joined() + "Next:\n" + steps.map { "  " + $0 + "\n" }.joined()
        return text + "docs/deploying.md of Carafe has each step, from the first to updates without a gap.\n"
    }

    /// What makes the image.
    func dockerBuild(tag: String) -> String {
        (["docker build"] + app.outerPackages.map(\.buildContext) + ["--tag \(tag) ."]).joined(separator: " ")
    }

    /// What the files leave open.
    private func notes(for parts: Set<DeploymentPart>) -> [String] {
        var notes: [String] = []
        let isProxied = parts.contains(.nginx) || parts.contains(.kubernetes)
        if host == Self.exampleHost { notes.append("The host is \(host) until --host names yours.") }
        let images: [DeploymentPart] = [.swarm, .kubernetes] + [.jenkins, .travis, .circleci].map { .ci($0) }
        if image.repository.utf8.starts(with: "registry.\(Self.exampleHost)/".utf8), !parts.isDisjoint(with: images) {
            notes.append("The image is \(image.repository) until --image names yours.")
        }
        if isProxied, !app.readsProxyHeaders {
            notes.append("The app does not read what the proxy tells of clients: app.use(ProxyHeaders()).")
        }
        for package in app.outerPackages {
            notes.append("The package \(package.name) is a folder of this machine: CI needs it by an address.")
        }
        return notes.map { "Note: " + $0 }
    }

    private func steps(for part: DeploymentPart) -> [String] {
        let slug = app.slug
        let certificate = "certificates/fullchain.pem and privkey.pem"
        switch part {
        case .docker:
            return [dockerBuild(tag: "\(image.repository):\(image.tag)")]
        case .compose:
            let password = app.hasPostgreSQL ? " and POSTGRES_PASSWORD" : ""
            return ["docker compose up --build --detach      # CARAFE_SECRET_KEY\(password) in .env"]
                + (app.hasTLS ? ["                                        # \(certificate)"] : [])
        case .swarm:
            return ["docker stack deploy --compose-file deploy/swarm.yaml \(slug)      # its head says what first"]
        case .kubernetes:
            return [
                "kubectl create secret generic \(slug) …      # deploy/kubernetes/secret.example.yaml",
                "deploy/kubernetes/deploy.sh \(image.repository):VERSION",
            ]
        case .systemd:
            return [
                "install -D -m 600 deploy/env.example /etc/\(slug)/env      # and fill it in",
                "cp deploy/systemd/\(slug).* /etc/systemd/system/ && systemctl daemon-reload",
                "systemctl enable \(slug).socket \(slug).service",
                "swift build -c release --static-swift-stdlib && deploy/systemd/release.sh .build/release",
            ]
        case .nginx:
            return ["cp deploy/nginx/\(slug).conf /etc/nginx/sites-enabled/ && nginx -t && systemctl reload nginx"]
        case .ci: return []
        }
    }
}
