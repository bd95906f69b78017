#if os(Linux)
    import Glibc
    import Synchronization

    /// Watches folders by inotify(7), each folder below them by a watch of its own.
    final class InotifyWatcher: FileWatcher {
        let changes: AsyncStream<Set<String>>
        private let continuation: AsyncStream<Set<String>>.Continuation
        private let isStopped = Atomic(false)

        /// - Returns: nil where the system has no watches left
        init?(_ folders: [String]) {
            let descriptor = inotify_init1(CInt(IN_CLOEXEC) | CInt(IN_NONBLOCK))
            guard descriptor >= 0 else { return nil }
            var tree = WatchedTree(descriptor: descriptor, roots: folders)
            for folder in folders where !tree.add(folder) {
                close(descriptor)
                return nil
            }
            (changes, continuation) = AsyncStream.makeStream(of: Set<String>.self)
            BlockingThread.run("watch") { [self, tree] in
                follow(tree)
                close(descriptor)
            }
        }

        func stop() {
            isStopped.store(true, ordering: .relaxed)
            continuation.finish()
        }

        private func follow(_ first: WatchedTree) {
            var tree = first
            var changed: Set<String> = []
            while !isStopped.load(ordering: .relaxed) {
                var wanted = pollfd(fd: tree.descriptor, events: Int16(POLLIN), revents: 0)
                let wait = changed.isEmpty ? 200 : Int32(FileWatching.silence / .milliseconds(1))
                if poll(&wanted, 1, wait) > 0 {
                    changed.formUnion(tree.read())
                } else if !changed.isEmpty {
                    changed.subtract(tree.takeScratch())
                    if !changed.isEmpty { continuation.yield(changed) }
                    changed = []
                }
            }
        }
    }

    /// The folders that are watched, by their watches.
    private struct WatchedTree: Sendable {
        let descriptor: CInt
        let roots: [String]
        private var paths: [CInt: String] = [:]
        /// The files that were made since it was last asked.
        private var made: Set<String> = []

        private static let events =
            UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO) | UInt32(IN_MOVED_FROM) | UInt32(IN_DELETE) | UInt32(IN_CREATE)
            | UInt32(IN_ONLYDIR)

        init(descriptor: CInt, roots: [String]) {
            self.descriptor = descriptor
            self.roots = roots
        }

        /// Watches a folder and those in it.
        ///
        /// - Returns: whether the system had enough watches
        mutating func add(_ folder: String) -> Bool {
            let watch = inotify_add_watch(descriptor, folder, Self.events)
            // A folder that is gone again needs none.
            guard watch >= 0 else { return errno == ENOENT || errno == ENOTDIR || errno == EACCES }
            paths[watch] = folder
            for name in Folder.names(in: folder) ?? [] where !WatchedFolder.isIgnored(name) {
                let path = folder + "/" + name
                if TextFile.isFolder(path), !FilePath.isLink(path), !add(path) { return false }
            }
            return true
        }

        /// The paths that the waiting events tell of.
        mutating func read() -> Set<String> {
            var changed: Set<String> = []
            let events = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
            }
            let headSize = MemoryLayout<inotify_event>.size
            events.withUnsafeBytes { bytes in
                var offset = 0
                while offset + headSize <= bytes.count {
                    let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
                    let start = offset + headSize
                    let end = min(bytes.count, start + Int(event.len))
                    let name = String(decoding: bytes[start..<end].prefix { $0 != 0 }, as: UTF8.self)
                    take(event, name, &changed)
                    offset = end
                }
            }
            return changed
        }

        /// The files that came and went: what editors write aside and rename.
        mutating func takeScratch() -> Set<String> {
            defer { made = [] }
            return made.filter { !FilePath.exists($0) }
        }

        private mutating func take(_ event: inotify_event, _ name: String, _ changed: inout Set<String>) {
            if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { return changed.formUnion(roots) }
            if event.mask & UInt32(IN_IGNORED) != 0 {
                paths[event.wd] = nil
                return
            }
            guard let folder = paths[event.wd], !name.isEmpty else { return }
            let path = folder + "/" + name
            guard event.mask & UInt32(IN_ISDIR) != 0 else {
                let isMade = event.mask & UInt32(IN_CREATE) != 0
                if isMade { made.insert(path) }
                // A file that is being made is told of when it is closed; a link never is.
                if !isMade || FilePath.isLink(path) { changed.insert(path) }
                return
            }
            guard !WatchedFolder.isIgnored(name) else { return }
            if event.mask & (UInt32(IN_CREATE) | UInt32(IN_MOVED_TO)) != 0 {
                _ = add(path)
                // What was in it before it was watched.
                changed.formUnion(files(in: path))
            } else {
                changed.insert(path)
            }
        }

        private func files(in folder: String) -> [String] {
            (Folder.names(in: folder) ?? []).flatMap { name -> [String] in
                let path = folder + "/" + name
                guard TextFile.isFolder(path) else { return [path] }
                return WatchedFolder.isIgnored(name) ? [] : files(in: path)
            }
        }
    }
#endif
