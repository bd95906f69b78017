import CarafeTemplates

/// An app and where it shall serve.
struct Deployment {
    /// What stands for a host that was not named.
    static let exampleHost = "example.com"

    let app: DeployedApp
    let host: String
    let image: ImageName

    init(app: DeployedApp, host: String = Self.exampleHost, image: ImageName? = nil) {
        self.app = app
        self.host = host
        self.image = image ?? ImageName(repository: "registry.\(Self.exampleHost)/\(app.slug)")
    }

    /// The files for some services.
    ///
    /// - Throws: an error of the templates that they are made from
    func files(for parts: Set<DeploymentPart>) throws -> [GeneratedFile] {
        let values = values(for: parts)
        var places: Set<String> = []
        let sources = Self.order.filter(parts.contains).flatMap(sources).filter { places.insert($0.path).inserted }
        return try sources.map { source in
            let text = try Self.templates.template("deploy/\(source.template)").render(values: values)
            return GeneratedFile(path: source.path, text: text, mode: text.utf8.starts(with: "#!".utf8) ? 0o777 : 0o666)
        }
    }

    /// In this order they are written and told of.
    static let order: [DeploymentPart] =
        [.docker, .compose, .swarm, .kubernetes, .systemd, .nginx] + CIService.allCases.map { .ci($0) }

    private typealias Source = (path: String, template: String)

    private func sources(of part: DeploymentPart) -> [Source] {
        let slug = app.slug
        let settings = ("deploy/env.example", "env.example")
        switch part {
        case .docker: return [("Dockerfile", "Dockerfile"), (".dockerignore", "dockerignore")]
        case .compose: return [("compose.yaml", "compose.yaml")]
        case .swarm: return [settings, ("deploy/swarm.yaml", "swarm.yaml")]
        case .kubernetes: return kubernetes
        case .systemd:
            return [settings]
                + ["service", "socket"].map { ("deploy/systemd/\(slug).\($0)", "systemd/app.\($0)") }
                + [("deploy/systemd/release.sh", "systemd/release.sh")]
        case .nginx: return [("deploy/nginx/\(slug).conf", "nginx/site.conf")]
        case .ci(let service): return [(service.path, service.template)]
        }
    }

    private var kubernetes: [Source] {
        var names = ["configmap.yaml", "secret.example.yaml"]
        // One pod alone may write to SQLite's file: there is nothing to scale, and it migrates before it starts.
        if app.hasSQLite {
            names.append("volume.yaml")
        } else if app.hasMigrations {
            names.append("migrate.yaml")
        }
        names += ["deployment.yaml", "service.yaml", "ingress.yaml"]
        if !app.hasSQLite { names += ["hpa.yaml", "pdb.yaml"] }
        return (names + ["deploy.sh"]).map { ("deploy/kubernetes/\($0)", "kubernetes/\($0)") }
    }

    // MARK: - Templates

    /// The templates have signs of their own: the files use Jinja's for themselves.
    private static let templates: TemplateEnvironment = {
        var options = TemplateOptions()
        (options.blockStartString, options.blockEndString) = ("[%", "%]")
        (options.variableStartString, options.variableEndString) = ("[[", "]]")
        (options.commentStartString, options.commentEndString) = ("[#", "#]")
        options.trimBlocks = true
        options.lstripBlocks = true
        options.keepTrailingNewline = true
        options.undefined = .strict
        return TemplateEnvironment(loader: EmbeddedTemplates.loader, options: options)
    }()

    private func values(for parts: Set<DeploymentPart>) -> [String: TemplateValue] {
        let libraries = app.libraries
        var runtime = ["ca-certificates", "libstdc++6", "tzdata"] + libraries.map(\.runtimePackage)
        runtime.sort()
        return [
            "name": .string(app.name), "slug": .string(app.slug), "identifier": .string(app.identifier),
            "host": .string(host), "image": .string(image.repository), "tag": .string(image.tag),
            "port": .int(app.port), "scheme": .string(app.hasTLS ? "https" : "http"),
            "postgresql": .bool(app.hasPostgreSQL), "sqlite": .bool(app.hasSQLite),
            "migrations": .bool(app.hasMigrations), "tls": .bool(app.hasTLS),
            "health_port": .int(app.healthPort),
            "proxy_headers": .bool(app.readsProxyHeaders), "nginx": .bool(parts.contains(.nginx)),
            "static": .bool(app.folders.contains { $0.name == "static" }),
            "folders": Self.list(app.folders.map { ["name": .string($0.name), "source": .string($0.source)] }),
            "bundles": Self.list(app.bundles),
            "outer_packages": Self.list(
                app.outerPackages.map { ["name": .string($0.name), "path": .string($0.path)] }),
            "docker_build": .string(dockerBuild(tag: app.slug)),
            "inner_packages": Self.list(app.packages.filter(\.isWithin).map(\.path)),
            "build_packages": Self.list(libraries.map(\.package).sorted()),
            "runtime_packages": Self.list(runtime),
        ]
    }

    private static func list(_ texts: [String]) -> TemplateValue { list(texts.map { .string($0) }) }
    private static func list(_ objects: [[String: TemplateValue]]) -> TemplateValue { list(objects.map { .dict($0) }) }
    private static func list(_ values: [TemplateValue]) -> TemplateValue { .list(values) }
}
