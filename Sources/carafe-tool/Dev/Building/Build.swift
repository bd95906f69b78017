import CarafeServer

/// A run of `swift build`.
struct Build: Sendable {
    /// How a build ended.
    enum Outcome: Sendable {
        case success
        case failure(BuildFailure)
        /// It was broken off.
        case cancelled
    }

    /// What the tool is told while it runs.
    enum Report: Sendable {
        case progress(String)
        case ended(Outcome)
    }

    private let program: ChildProgram
    let reports: AsyncStream<Report>

    /// Begins to build a product.
    ///
    /// - Throws: ``ToolError`` where `swift` cannot be started
    init(product: String, scratchPath: String?) throws {
        let pipe = try Pipe()
        let program = try ChildProgram(
            "swift", ["build", "--product", product] + (scratchPath.map { ["--scratch-path", $0] } ?? []),
            environment: ProcessEnvironment.with([:]), output: .pipe(pipe.writeEnd), errors: .pipe(pipe.writeEnd))
        self.program = program
        let (reports, report) = AsyncStream.makeStream(of: Report.self)
        self.reports = reports
        Task {
            var output = BuildOutput()
            var log: [String] = []
            for await line in pipe.lines() {
                log.append(line)
                if log.count > BuildFailure.longestLog { log.removeFirst() }
                if let progress = output.take(line) { report.yield(.progress(progress)) }
            }
            switch await program.ended.value {
            case .exit(0): report.yield(.ended(.success))
            case .signal: report.yield(.ended(.cancelled))
            case .exit: report.yield(.ended(.failure(BuildFailure(output: output, log: log))))
            }
            report.finish()
        }
    }

    /// Breaks it off, and waits until it has ended.
    func cancel() async { await program.stop(patience: .seconds(2)) }
}

/// A build that failed.
struct BuildFailure: Sendable {
    let output: BuildOutput
    /// The last lines of the build's own output.
    let log: [String]

    static let longestLog = 200

    /// `3 errors`
    var summary: String {
        let count = output.errors.count + output.otherErrors.count
        return count == 1 ? "1 error" : count == 0 ? "The build failed" : "\(count) errors"
    }
}
