import CTraceback
import CarafeHTTP
import Synchronization

/// Remembers where the latest errors were thrown: addresses alone, which cost 12 µs in a debug build.
///
/// It is off until ``start()``; nothing of it runs before.
package enum ThrowRecorder {
    /// How many throws are remembered.
    package static let capacity = 256

    /// Remembers throws from now on; the first call counts.
    package static func start() { started }

    private static let started: Void = carafe_observe_throws { error, type, addresses, count, suspended in
        ThrowRecorder.take(
            error, type,
            Traceback(
                addresses: Array(UnsafeBufferPointer(start: addresses, count: count)), suspendedFrom: suspended))
    }

    /// Where an error was thrown; nil where it is not known.
    ///
    /// An error of `any Error` is found by its identity. One that is thrown by its type (`throws(DatabaseError)`) has none
    /// until somebody catches it as `any Error`: the last of its type in the same request is then the one.
    package static func traceback(of error: any Error, in request: Request?) -> Traceback? {
        let box = unsafeBitCast(Existential(error: error), to: UInt.self)
        let type = ObjectIdentifier(Swift.type(of: error))
        let request = request.map(ObjectIdentifier.init)
        return latest.withLock { $0.traceback(box: box, type: type, request: request) }
    }

    /// An error as it is passed on: the address of its box. Handed to a generic function by itself, the error would be taken
    /// out of it.
    private struct Existential {
        let error: any Error
    }

    private static let latest = Mutex(Throws())

    private static func take(_ error: UnsafeRawPointer?, _ type: UnsafeRawPointer?, _ traceback: Traceback) {
        let request = CurrentRequest.request.map(ObjectIdentifier.init)
        var entry = Throws.Entry(request: request, traceback: traceback)
        if let error {
            // The runtime hands over the box of the error, which on every platform is what `any Error` points to.
            entry.object = unsafeBitCast(error, to: (any AnyObject & Sendable).self)
            entry.box = UInt(bitPattern: error)
            entry.type = ObjectIdentifier(Swift.type(of: unsafeBitCast(error, to: Existential.self).error))
        } else if let type {
            entry.type = ObjectIdentifier(unsafeBitCast(type, to: Any.Type.self))
        }
        latest.withLock { $0.add(entry) }
    }

    private struct Throws {
        struct Entry {
            /// Gone when the error is: another may then have its address.
            weak var object: (any AnyObject & Sendable)?
            /// 0 for an error that is thrown by its type.
            var box: UInt = 0
            var type: ObjectIdentifier?
            let request: ObjectIdentifier?
            let traceback: Traceback

            init(request: ObjectIdentifier?, traceback: Traceback) {
                self.request = request
                self.traceback = traceback
            }
        }

        private var entries: [Entry] = []
        private var next = 0
        private var places: [UInt: Int] = [:]

        mutating func add(_ entry: Entry) {
            // What is thrown on was thrown before: the first place counts.
            if let place = places[entry.box], entries[place].object != nil { return }
            if entries.count < ThrowRecorder.capacity {
                entries.append(entry)
            } else {
                let old = entries[next].box
                if places[old] == next { places[old] = nil }
                entries[next] = entry
            }
            if entry.box != 0 { places[entry.box] = next }
            next = (next + 1) % ThrowRecorder.capacity
        }

        func traceback(box: UInt, type: ObjectIdentifier, request: ObjectIdentifier?) -> Traceback? {
            if let place = places[box], entries[place].object != nil { return entries[place].traceback }
            let newestFirst = (entries[..<min(next, entries.count)].reversed() + entries[next...].reversed())
            return newestFirst.first { $0.type == type && $0.request == request }?.traceback
        }
    }
}

/// The calls that led to a throw, as addresses: what they are called is found out when somebody asks.
package struct Traceback: Sendable {
    /// The innermost first, of the instruction after each call.
    package let addresses: [UInt]
    /// From here on they are where waiting functions go on.
    package let suspendedFrom: Int

    package init(addresses: [UInt], suspendedFrom: Int) {
        self.addresses = addresses
        self.suspendedFrom = suspendedFrom
    }
}
