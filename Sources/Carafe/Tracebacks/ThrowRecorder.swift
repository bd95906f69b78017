import CTraceback
import CarafeHTTP
import Synchronization

/// Remembers where the latest errors were thrown: addresses alone, which cost about a microsecond.
///
/// It is off until ``start()``; nothing of it runs before.
package enum ThrowRecorder {
    /// How many throws are remembered.
    package static let capacity = 256

    /// Remembers throws from now on; the first call counts.
    package static func start() { started }

    private static let started: Void = carafe_observe_throws { error, addresses, count, suspended in
        ThrowRecorder.take(
            error,
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

    private static func take(_ pointer: UnsafeRawPointer, _ traceback: Traceback) {
        // The runtime hands over the box of the error, which on every platform is what `any Error` points to.
        let type = ObjectIdentifier(Swift.type(of: unsafeBitCast(pointer, to: Existential.self).error))
        let request = CurrentRequest.request.map(ObjectIdentifier.init)
        let box = unsafeBitCast(pointer, to: (any AnyObject & Sendable).self)
        latest.withLock {
            $0.add(Throws.Entry(object: box, box: UInt(bitPattern: pointer), type: type, request: request, traceback))
        }
    }

    private struct Throws {
        struct Entry {
            /// Gone when the error is: another may then have its address.
            weak var object: (any AnyObject & Sendable)?
            let box: UInt
            let type: ObjectIdentifier
            let request: ObjectIdentifier?
            let traceback: Traceback

            init(
                object: any AnyObject & Sendable, box: UInt, type: ObjectIdentifier, request: ObjectIdentifier?,
                _ traceback: Traceback
            ) {
                self.object = object
                self.box = box
                self.type = type
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
            places[entry.box] = next
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
