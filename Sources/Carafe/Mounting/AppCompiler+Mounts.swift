import CarafeHTTP

/// What is mounted in an app, checked with it.
extension AppCompiler {
    /// What answers where no route does, and the apps among it.
    struct Mounts {
        /// The longest prefix first.
        var responders: [MountedResponder] = []
        /// Each once, however often it is mounted.
        var apps: [CompiledApp] = []
    }

    func makeMounts(_ work: inout Work) -> Mounts {
        var mounts = Mounts()
        for declaration in state.mounts {
            guard let prefix = prefix(of: declaration, mounts, &work),
                let responder = responder(of: declaration, &mounts, &work)
            else { continue }
            mounts.responders.append(
                MountedResponder(prefix: prefix, responder: responder.responder, app: responder.app))
        }
        mounts.responders.sort { $0.prefix.count > $1.prefix.count }
        return mounts
    }

    private func prefix(of declaration: MountDeclaration, _ mounts: Mounts, _ work: inout Work) -> [UInt8]? {
        var prefix = Array(declaration.prefix.utf8)
        guard prefix.first == UInt8(ascii: "/"), !prefix.contains(UInt8(ascii: "<")) else {
            report(
                "The path '\(declaration.prefix)' that something is mounted at does not begin with a slash, or has variables.",
                "Give it a plain path: app.mount(\"/legacy\", …).", declaration, &work)
            return nil
        }
        while prefix.last == UInt8(ascii: "/") { prefix.removeLast() }
        guard !mounts.responders.contains(where: { $0.prefix == prefix }) else {
            report(
                "Something else is mounted at '\(declaration.prefix)' already.",
                "Only one can answer there; mount the other below another path.", declaration, &work)
            return nil
        }
        return prefix
    }

    private func responder(
        of declaration: MountDeclaration, _ mounts: inout Mounts, _ work: inout Work
    ) -> (responder: any Responder, app: (app: App, compiled: CompiledApp)?)? {
        switch declaration.what {
        case .responder(let responder):
            if let problem = (responder as? any CheckedResponder)?.problem {
                report(problem.message, problem.hint, declaration, &work)
            }
            return (responder, nil)
        case .app(let mounted):
            guard mounted !== app, !outer.contains(where: { $0 === mounted }) else {
                report("The app '\(mounted.name)' is mounted within itself.", "Mount another app.", declaration, &work)
                return nil
            }
            do throws(ConfigurationError) {
                let compiled = try mounted.compile(within: outer + [app])
                mounted.readiness.follow(app.readiness)
                if !mounts.apps.contains(where: { $0 === compiled }) { mounts.apps.append(compiled) }
                return (compiled.wrapped(in: compiled.middleware), (mounted, compiled))
            } catch {
                work.problems += error.problems
                return nil
            }
        }
    }

    private func report(_ message: String, _ hint: String, _ declaration: MountDeclaration, _ work: inout Work) {
        work.problems.append(ConfigurationProblem(message, hint: hint, at: declaration.location))
    }
}
