public import CarafeSigning
import Synchronization

/// Keeps sessions on the server: the cookie then holds only a signed id.
///
/// ```swift
/// app.useSessionStore(MemorySessionStore())
/// ```
public protocol SessionStore: Sendable {
    /// The values of a session; nil where there is none of this id, or it has expired.
    func load(id: String) async throws -> SessionObject?

    /// Saves the values of a session for `lifetime` seconds, in place of those that it had.
    func save(id: String, values: SessionObject, lifetime: Int) async throws

    /// Forgets a session.
    func delete(id: String) async throws
}

/// Sessions in the process's memory: for development and tests, for they end with the process and are not shared
/// between processes.
public final class MemorySessionStore: SessionStore {
    private struct Entry {
        var values: SessionObject
        var expires: ContinuousClock.Instant
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let limit: Int

    /// A store of at most `limit` sessions; past it the ones that expire soonest are forgotten.
    public init(limit: Int = 100_000) { self.limit = limit }

    /// The values of a session.
    public func load(id: String) async throws -> SessionObject? {
        entries.withLock { entries in
            guard let entry = entries[id] else { return nil }
            guard entry.expires > .now else {
                entries[id] = nil
                return nil
            }
            return entry.values
        }
    }

    /// Saves the values of a session.
    public func save(id: String, values: SessionObject, lifetime: Int) async throws {
        entries.withLock { entries in
            if entries.count >= limit, entries[id] == nil { Self.makeRoom(in: &entries) }
            entries[id] = Entry(values: values, expires: .now + .seconds(lifetime))
        }
    }

    /// Forgets a session.
    public func delete(id: String) async throws { entries.withLock { $0[id] = nil } }

    /// Forgets what has expired, or, where nothing has, the tenth that expires soonest.
    private static func makeRoom(in entries: inout [String: Entry]) {
        let now = ContinuousClock.now
        let before = entries.count
        entries = entries.filter { $0.value.expires > now }
        guard entries.count == before else { return }
        for (id, _) in entries.sorted(by: { $0.value.expires < $1.value.expires }).prefix(before / 10 + 1) {
            entries[id] = nil
        }
    }
}
