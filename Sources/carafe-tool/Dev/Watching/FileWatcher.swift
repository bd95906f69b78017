import Dispatch
import Synchronization

/// Tells of files that change in folders and the folders in them.
///
/// A burst of changes (a checkout, an editor that writes aside and renames) is told as one: after the last of them there is
/// a moment of silence first.
protocol FileWatcher: Sendable {
    /// Every burst of changes as the paths that changed, absolute. Where the system lost count, the folder that must be
    /// looked at as a whole.
    var changes: AsyncStream<Set<String>> { get }
    func stop()
}

/// What is never looked at: what tools write, and what editors keep for themselves.
enum WatchedFolder {
    static func isIgnored(_ name: String) -> Bool {
        name.utf8.first == UInt8(ascii: ".") || ["node_modules", "__pycache__"].contains(name)
    }
}

enum FileWatching {
    /// How long nothing must change before a burst is over. Longer than an editor takes between writing a file aside and
    /// renaming it, shorter than anyone notices.
    static let silence = Duration.milliseconds(20)

    /// Watches folders with the system's help, or by looking at every file from time to time where there is none (other
    /// systems than Linux, no more watches to be had) or it is of no use (folders on the network).
    static func watcher(of folders: [String], byPolling: Bool) -> (any FileWatcher, isPolling: Bool) {
        #if os(Linux)
            if !byPolling, let watcher = InotifyWatcher(folders) { return (watcher, false) }
        #endif
        return (PollingWatcher(folders), true)
    }
}

/// Looks at every file from time to time.
final class PollingWatcher: FileWatcher {
    let changes: AsyncStream<Set<String>>
    private let continuation: AsyncStream<Set<String>>.Continuation
    private let task: Task<Void, Never>

    init(_ folders: [String], interval: Duration = .milliseconds(500)) {
        let (changes, continuation) = AsyncStream.makeStream(of: Set<String>.self)
        self.changes = changes
        self.continuation = continuation
        let first = Self.snapshot(folders)
        task = Task {
            var last = first
            while (try? await Task.sleep(for: interval)) != nil {
                let next = Self.snapshot(folders)
                let changed = Set(next.keys).union(last.keys).filter { next[$0] != last[$0] }
                if !changed.isEmpty { continuation.yield(changed) }
                last = next
            }
        }
    }

    func stop() {
        task.cancel()
        continuation.finish()
    }

    private static func snapshot(_ folders: [String]) -> [String: FileStamp] {
        var stamps: [String: FileStamp] = [:]
        func look(_ folder: String) {
            for name in Folder.names(in: folder) ?? [] {
                let path = folder + "/" + name
                if TextFile.isFolder(path) {
                    if !WatchedFolder.isIgnored(name), !FilePath.isLink(path) { look(path) }
                } else if let stamp = FileStamp(of: path) {
                    stamps[path] = stamp
                }
            }
        }
        for folder in folders { look(folder) }
        return stamps
    }
}
