public import CarafeHTTP
import NIOCore
import Synchronization

/// Sockets that are told the same: a chat's rooms, the watchers of a page.
///
/// ```swift
/// let rooms = Rooms()
/// app.webSocket("/chat/<room>") { (socket: WebSocket, room: String) async throws in
///     let membership = rooms.join(room, socket)
///     defer { membership.leave() }
///     for try await message in socket { rooms.broadcast(message, to: room) }
/// }
/// ```
///
/// A broadcast never waits. Each member has a bounded queue of its own (``WebSocketOptions/offerBuffer``); one whose
/// queue is full is closed with 1013, and the others notice nothing. The rooms are those of one process.
public final class Rooms: Sendable {
    private typealias Members = [ObjectIdentifier: WebSocket]

    /// By the names' bytes: as strings, names that look the same would be the same.
    private let rooms = Mutex<[[UInt8]: Members]>([:])

    /// Rooms without members.
    public init() {}

    /// A socket's place in a room.
    public struct Membership: Sendable {
        fileprivate let rooms: Rooms
        fileprivate let room: [UInt8]
        fileprivate let socket: WebSocket

        /// Leaves the room. Nothing happens where that was done before.
        public func leave() { rooms.remove(socket, from: room) }
    }

    /// Makes a socket a member of a room; a room is there as long as it has one.
    public func join(_ room: String, _ socket: WebSocket) -> Membership {
        let room = Array(room.utf8)
        rooms.withLock { $0[room, default: [:]][ObjectIdentifier(socket)] = socket }
        return Membership(rooms: self, room: room, socket: socket)
    }

    /// Sends a message to every member of a room.
    ///
    /// - Parameter except: a member that does not get it, such as the one that it came from
    /// - Returns: how many members got it
    @discardableResult
    public func broadcast(_ message: WebSocketMessage, to room: String, except: WebSocket? = nil) -> Int {
        let room = Array(room.utf8)
        guard let members = rooms.withLock({ $0[room] }) else { return 0 }
        let frame = message.serverFrame
        var count = 0
        for member in members.values where member !== except {
            switch member.offer(frame: frame) {
            case .taken: count += 1
            case .closed: remove(member, from: room)
            case .full:
                remove(member, from: room)
                member.beginClosing(.tryAgainLater, "Too slow.")
            }
        }
        return count
    }

    /// Sends text to every member of a room.
    ///
    /// - Returns: how many members got it
    @discardableResult
    public func broadcast(_ text: String, to room: String, except: WebSocket? = nil) -> Int {
        broadcast(.text(text), to: room, except: except)
    }

    /// Sends a value as JSON to every member of a room.
    ///
    /// - Returns: how many members got it
    @discardableResult
    public func broadcast<Value: Encodable>(json value: Value, to room: String, except: WebSocket? = nil) throws -> Int
    {
        broadcast(.text(try JSONWriter().string(from: value)), to: room, except: except)
    }

    /// How many members a room has.
    public func count(of room: String) -> Int { rooms.withLock { $0[Array(room.utf8)]?.count ?? 0 } }

    /// The names of the rooms that have members, in no order.
    public var names: [String] { rooms.withLock { $0.keys.map { String(decoding: $0, as: UTF8.self) } } }

    private func remove(_ socket: WebSocket, from room: [UInt8]) {
        rooms.withLock { rooms in
            rooms[room]?[ObjectIdentifier(socket)] = nil
            if rooms[room]?.isEmpty ?? false { rooms[room] = nil }
        }
    }
}
