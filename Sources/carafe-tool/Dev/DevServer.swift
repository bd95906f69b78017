import Carafe

/// Builds an app, runs it, and does both again when its files change.
///
/// The tool owns the listening socket. The app serves it while it runs, and the tool while there is something wrong to be
/// told; in between, requests wait in it. All that happens comes as events, one after the other.
actor DevServer {
    /// What to build and how to run it.
    struct Settings: Sendable {
        var product: String
        var place: PackagePlace
        /// The arguments of the app.
        var arguments: [String]
        var sorter: ChangeSorter
        var editor: EditorLink?
        /// Nil where the app's runtime has to find the functions of a crash.
        var symbolizer: Symbolizer?
        /// What opens the console of the app's error pages.
        var consoleKey: ConsoleKey
    }

    private enum Event: Sendable {
        case changed(Set<String>)
        case build(Int, Build.Report)
        case appEnded(Int, AppProcess.End)
        /// Somebody pressed the button.
        case start
        case stop
    }

    private let settings: Settings
    private let socket: ListeningSocket
    private let terminal: Terminal
    private let events: AsyncStream<Event>
    private nonisolated let event: AsyncStream<Event>.Continuation

    private var build: (id: Int, build: Build, start: ContinuousClock.Instant)?
    private var app: (id: Int, process: AppProcess)?
    private var failure: FailureServer?
    /// Whether the last build is good, so that the app can be started without another.
    private var isBuilt = false
    /// What ends while the next build runs.
    private var ending: Task<Void, Never>?
    private var nextID = 0
    private var versions = (run: UInt32.random(in: 0...UInt32.max), count: 0)

    private var version: String { "\(versions.run)-\(versions.count)" }

    init(_ settings: Settings, socket: ListeningSocket, terminal: Terminal) {
        self.settings = settings
        self.socket = socket
        self.terminal = terminal
        (events, event) = AsyncStream.makeStream(of: Event.self)
    }

    /// Ends ``run(watching:)``.
    nonisolated func stop() { event.yield(.stop) }

    /// Builds, runs and follows changes until ``stop()``.
    func run(watching watcher: any FileWatcher) async throws {
        let following = Task { [event] in for await paths in watcher.changes { event.yield(.changed(paths)) } }
        defer { following.cancel() }
        try await rebuild()
        for await event in events {
            switch event {
            case .changed(let paths): try await take(settings.sorter.sort(paths))
            case .build(let id, let report) where id == build?.id: try await take(report)
            case .build: break
            case .appEnded(let id, let end): try await take(end, of: id)
            case .start: if isBuilt, app == nil { try await restart() }
            case .stop:
                watcher.stop()
                return await end()
            }
        }
    }

    // MARK: - What happens

    private func take(_ changes: Changes) async throws {
        guard !changes.isEmpty else { return }
        let names = changes.all.prefix(3).joined(separator: ", ") + (changes.all.count > 3 ? ", …" : "")
        if !changes.sources.isEmpty {
            terminal.print("changed: \(names)", .soft)
            return try await rebuild()
        }
        versions.count += 1
        // Whatever changed while a build runs is there when the app starts.
        guard build == nil, isBuilt else { return }
        guard changes.environment.isEmpty, let app else {
            terminal.print("changed: \(names); starting again", .soft)
            return try await restart()
        }
        let isStyles = changes.pages.isEmpty
        app.process.tell(
            .changed(
                LiveReload.Change(
                    version: version, kind: isStyles ? .styles : .page, paths: changes.pages + changes.styles)))
        terminal.print("changed: \(names)", .soft)
    }

    private func take(_ report: Build.Report) async throws {
        guard let (_, _, start) = build else { return }
        switch report {
        case .progress(let text): terminal.progress("\((.now - start).text) \(text)")
        case .ended(let outcome):
            build = nil
            let time = (.now - start).text
            switch outcome {
            case .success:
                isBuilt = true
                try await startApp(announcing: "built in \(time)")
            case .failure(let failure):
                let page = BuildFailurePage(failure: failure, root: settings.place.root, editor: settings.editor).page
                terminal.report(page.text)
                terminal.print("after \(time); waiting for changes", .soft)
                await serve(page)
            case .cancelled: break
            }
        }
    }

    private func take(_ end: AppProcess.End, of id: Int) async throws {
        guard id == app?.id else {
            // It was told to end, and some requests took longer than it had time for.
            for request in end.requests { await request.answer(with: Self.brokenOff, version: version) }
            return
        }
        app = nil
        var report: CrashReport?
        if case .signal(let signal) = end.ending {
            report = await CrashReport(end.errors, signal: signal).symbolicated(by: settings.symbolizer)
        }
        let page = CrashPage(end: end, report: report, root: settings.place.root, editor: settings.editor).page
        terminal.report(page.text)
        terminal.print("press the button on the page to start it again, or save a file", .soft)
        for request in end.requests { await request.answer(with: page, version: version) }
        await serve(page)
    }

    // MARK: - What is done about it

    /// Ends what serves, and builds. The app that is running is not left to answer: what comes after a change is saved shall
    /// see the change, and waits for it.
    private func rebuild() async throws {
        versions.count += 1
        isBuilt = false
        if let running = build {
            build = nil
            await running.build.cancel()
        }
        endServing()
        nextID += 1
        let id = nextID
        let started = try Build(product: settings.product, scratchPath: settings.place.scratchPath)
        build = (id, started, .now)
        terminal.progress("building \(settings.product)")
        Task { [event] in for await report in started.reports { event.yield(.build(id, report)) } }
    }

    private func restart() async throws {
        versions.count += 1
        endServing()
        try await startApp(announcing: "started again")
    }

    private func startApp(announcing news: String) async throws {
        await ending?.value
        nextID += 1
        let id = nextID
        let process = try AppProcess(
            executable: settings.place.executable(settings.product), arguments: settings.arguments, socket: socket,
            version: version, consoleKey: settings.consoleKey, findsFunctions: settings.symbolizer == nil,
            print: { [terminal] in terminal.print($0) })
        app = (id, process)
        terminal.print("\(news): \(socket.url)", .green)
        Task { [event] in event.yield(.appEnded(id, await process.end)) }
    }

    private func serve(_ page: FailurePage) async {
        await ending?.value
        do {
            failure = try await FailureServer(page, on: socket, version: version) { [event] in event.yield(.start) }
        } catch {
            terminal.print("error: the page cannot be served: \(error)", .red)
        }
    }

    /// Lets the app finish what it is answering, or closes the page; the next to serve waits for that.
    private func endServing() {
        let (before, process, failure) = (ending, app?.process, failure)
        (app, self.failure) = (nil, nil)
        ending = Task {
            await before?.value
            await process?.stop()
            await failure?.stop()
        }
    }

    private func end() async {
        if let build { await build.build.cancel() }
        endServing()
        await ending?.value
    }

    private static let brokenOff = FailurePage(
        title: "The app took too long to answer and was stopped", kind: "The app starts again",
        summary: HTML("<p>Files have changed. Requests that are being answered then have three seconds.</p>"),
        content: HTML(""), text: "The app took too long to answer and was stopped: its files have changed.",
        status: .serviceUnavailable)
}
