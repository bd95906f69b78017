import CarafeHTTP
import Logging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How the fleet comes from what is to what should be.
extension Fleet {
    /// Starts what is missing, and ends what is too many. It is called after everything that happens.
    mutating func settle(_ now: Duration) {
        guard !isEnding else {
            if workers.isEmpty { act(.reached(.ended(exitCode))) }
            return
        }
        reloadIfWanted(now)
        dropRetired()
        let fresh = workers.filter { isFresh($0) && $0.isActive }
        if fresh.count < settings.workers {
            for _ in fresh.count..<settings.workers { addWorker(now) }
        } else if fresh.count > settings.workers {
            dismiss(fresh.count - settings.workers, of: fresh, now)
        }
        startWaiting(now)
        replaceRetired(now)
        noteMilestones()
    }

    /// Retired workers that do not serve yet are not going to.
    private mutating func dropRetired() {
        workers = workers.filter { isFresh($0) || $0.isRunning }
        for worker in workers where !isFresh(worker) {
            if case .starting = worker.stage { kill(worker) }
        }
    }

    private mutating func startWaiting(_ now: Duration) {
        for worker in workers {
            guard case .waiting(let time) = worker.stage, time <= now else { continue }
            update(worker.number) { ($0.stage, $0.heard) = (.starting(since: now), now) }
            act(.start(worker: worker.number, version: worker.version))
        }
    }

    /// Ends some of the workers: those first that have served least.
    private mutating func dismiss(_ count: Int, of fresh: [FleetWorker], _ now: Duration) {
        for worker in fresh.suffix(count) {
            switch worker.stage {
            case .waiting: workers.removeAll { $0.number == worker.number }
            case .starting: kill(worker)
            case .serving: drain(worker, now)
            case .leaving, .ending: break
            }
        }
    }

    /// A retired worker may go when a fresh one serves in its place.
    private mutating func replaceRetired(_ now: Duration) {
        let fresh = workers.filter { isFresh($0) && $0.isServing }.count
        let retired = workers.filter { !isFresh($0) && $0.isServing }
        let needed = max(0, settings.workers - fresh)
        for worker in retired.prefix(max(0, retired.count - needed)) { drain(worker, now) }
    }

    private mutating func drain(_ worker: FleetWorker, _ now: Duration) {
        // Others serve: nobody need be told before.
        act(.order(worker: worker.number, .drain(after: 0)))
        let end = now + settings.gracefulTimeout + FleetSettings.hooksTimeout
        update(worker.number) { $0.stage = .leaving(until: end) }
    }

    private mutating func noteMilestones() {
        guard workers.filter({ isFresh($0) && $0.isServing }).count >= settings.workers else { return }
        if !hasServed {
            hasServed = true
            act(.reached(.serving))
        }
        if isReloading {
            isReloading = false
            log(.notice, "Reloaded: \(settings.workers) new workers serve.")
            act(.reached(.reloaded))
        }
    }

    // MARK: - Ends that nobody asked for

    /// A worker that served has died: the next one comes at once, unless that happens again and again.
    mutating func noteDeath(
        of worker: FleetWorker, livedFor life: Duration, _ ending: ProcessEnding, _ now: Duration
    ) {
        guard life < FleetSettings.shortLife else {
            quickDeaths = 0
            log(.error, "\(worker.name) \(ending.text). Another one takes its place.")
            return
        }
        let pause = quickDeaths == 0 ? .zero : backOff(quickDeaths)
        quickDeaths += 1
        notBefore = now + pause
        let hint =
            pause == .zero ? "Another one takes its place." : "They keep dying: the next one starts in \(pause.text)."
        log(.error, "\(worker.name) \(ending.text) when it had served for \(life.text). \(hint)")
    }

    /// A worker has ended before it served.
    mutating func noteFailedStart(exitCode: CInt, _ why: String, _ now: Duration) {
        failedStarts += 1
        quickDeaths += 1
        notBefore = now + backOff(quickDeaths)
        guard !isEnding, provenVersion != version else { return }
        // A wrong configuration does not mend itself.
        if exitCode == 78 || exitCode == 64 || failedStarts >= FleetSettings.startAttempts {
            giveUp(exitCode: exitCode, "a worker \(why)", now)
        }
    }

    /// 0.1 s, and twice as long each time.
    private func backOff(_ count: Int) -> Duration {
        let (first, longest) = FleetSettings.backOff
        return min(longest, first * (1 << min(max(0, count - 1), 16)))
    }

    // MARK: - Time

    /// Looks for what is due.
    mutating func tick(_ now: Duration) {
        for worker in workers {
            switch worker.stage {
            case .waiting: break
            case .starting(let since): if now - since >= settings.startTimeout { startTookTooLong(worker, now) }
            case .serving: if let due = due(worker), now >= due { hung(worker, now) }
            case .leaving(let end):
                guard now >= end else { break }
                log(.warning, "\(worker.name) did not end in time and is killed.")
                kill(worker)
            case .ending(let end): if let end, now >= end { kill(worker) }
            }
        }
        settle(now)
    }

    /// When ``tick(_:)`` has to be called next, unless something happens before.
    var nextDeadline: Duration? {
        // What follows a reload begins when those who wait for it have been told.
        if isReloadWanted, !isReloading, !isEnding { return .zero }
        return workers.compactMap { worker -> Duration? in
            switch worker.stage {
            case .waiting(let time): time
            case .starting(let since): since + settings.startTimeout
            case .serving: due(worker)
            case .leaving(let end): end
            case .ending(let end): end
            }
        }.min()
    }

    /// When a serving worker counts as hung.
    private func due(_ worker: FleetWorker) -> Duration? {
        guard settings.timeout > .zero else { return nil }
        return worker.heard - .milliseconds(worker.vitals.silence) + settings.timeout
    }

    private mutating func startTookTooLong(_ worker: FleetWorker, _ now: Duration) {
        log(.error, "\(worker.name) did not serve within \(settings.startTimeout.text) and is killed.")
        kill(worker)
        noteFailedStart(exitCode: 70, "did not serve within \(settings.startTimeout.text)", now)
    }

    /// SIGABRT first: a worker whose backtraces are on tells where it hangs.
    private mutating func hung(_ worker: FleetWorker, _ now: Duration) {
        log(
            .error,
            """
            \(worker.name) hangs: one of its event loops has done nothing for \(settings.timeout.text). It is killed, and \
            another one takes its place.
            """)
        act(.signal(worker: worker.number, SIGABRT))
        update(worker.number) { $0.stage = .ending(until: now + FleetSettings.abortTimeout) }
    }
}

extension Duration {
    /// For a log line: `30 s`, `0.1 s`, `50 ms`.
    var text: String {
        let milliseconds = milliseconds
        if milliseconds < 100 { return "\(milliseconds) ms" }
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(Double(milliseconds / 100) / 10) s"
    }
}
