#if DEBUG
    /// What connects an app to `carafe dev`.
    struct Supervision: Sendable {
        let link: ToolLink
        let liveReload: LiveReload
        /// Nil where `carafe dev` is older than the app's Carafe.
        let consoleKey: ConsoleKey?

        /// The connection that `carafe dev` has handed down; nil where the app runs without it.
        static func take() -> Supervision? {
            guard let (link, version, key) = ToolLink.take() else { return nil }
            let liveReload = LiveReload(version: version)
            link.listen { message in
                switch message {
                case .changed(let change): liveReload.announce(change)
                case .ending: liveReload.end()
                }
            }
            return Supervision(link: link, liveReload: liveReload, consoleKey: key.flatMap { ConsoleKey($0) })
        }
    }
#endif
