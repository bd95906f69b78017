import ArgumentParser
import Carafe
import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `carafe dev`: builds an app, serves it, and follows changes.
struct DevCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev", abstract: "Build and serve the app in this folder, and follow every change.",
        discussion: """
            A change to sources builds the app anew; requests wait meanwhile. A change to a template or a static file shows \
            at once. Pages that are open reload themselves. Errors of the compiler, and crashes of the app, are pages in the \
            browser.

            CARAFE_EDITOR names the editor that links on these pages open: code, cursor, zed, subl, idea, or an address \
            with {path}, {line} and {column}.
            """)

    @Option(help: "The executable to build and run; needed where the package has more than one app.")
    var product: String?

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(name: .shortAndLong, help: "The port to listen on.")
    var port = 8000

    @Option(help: ArgumentHelp("Where SwiftPM builds. Default: .build", valueName: "folder"))
    var scratchPath: String?

    @Flag(help: "Look at the files twice a second instead of being told: for folders on the network.")
    var poll = false

    @Argument(parsing: .postTerminator, help: "Arguments of the app, after --.")
    var arguments: [String] = []

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535.") }
    }

    func run() async throws {
        let terminal = Terminal()
        do {
            try await serve(terminal)
        } catch let error as ToolError {
            terminal.print("error: \(error.message)", .red)
            ChildProgram.endAll()
            throw ExitCode(1)
        }
    }

    private func serve(_ terminal: Terminal) async throws {
        let place = try PackagePlace.enter(scratchPath: scratchPath)
        let root = place.root
        // The socket first: the commonest mistake shows at once.
        let socket = try ListeningSocket(host: host, port: port)
        // A connection that its client has closed is no reason to end.
        signal(SIGPIPE, SIG_IGN)
        terminal.progress("reading Package.swift")
        let package = try await DescribedPackage.load()
        let name = try package.product(named: product)
        let roots = [root] + package.localDependencies
        let (watcher, isPolling) = FileWatching.watcher(of: roots, byPolling: poll)
        if isPolling, !poll {
            terminal.print("The system has no file watches left; files are looked at twice a second instead.", .yellow)
        }
        let consoleKey = ConsoleKey()
        let settings = DevServer.Settings(
            product: name, place: place, arguments: arguments,
            sorter: ChangeSorter(
                roots: roots,
                targetFolders: package.targets.filter { $0.type != "test" }.map { root + "/" + $0.folder }),
            editor: EditorLink(), symbolizer: Symbolizer(), consoleKey: consoleKey)
        let server = DevServer(settings, socket: socket, terminal: terminal)
        let signals = EndingSignals { isFirst in
            if isFirst { return server.stop() }
            ChildProgram.endAll()
            _exit(130)
        }
        defer { signals.cancel() }
        terminal.print("\(name) on \(socket.url) · Ctrl-C ends", .bold)
        terminal.print("the console of error pages asks for the PIN \(consoleKey.shownPIN)", .soft)
        try await server.run(watching: watcher)
        ChildProgram.endAll()
    }
}

/// Takes SIGINT, SIGTERM and SIGHUP.
struct EndingSignals {
    private let sources: [any DispatchSourceSignal]

    /// Calls `action` for each, telling whether it is the first.
    init(_ action: @escaping @Sendable (Bool) -> Void) {
        let queue = DispatchQueue(label: "carafe.signals")
        nonisolated(unsafe) var count = 0
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                // Only ever touched on the queue.
                count += 1
                action(count == 1)
            }
            source.resume()
            return source
        }
    }

    func cancel() { for source in sources { source.cancel() } }
}
