import CPostgreSQL
import CarafeSQL

/// The values of a statement in the text form of the protocol, each ended by a zero byte.
struct Parameters {
    private var bytes: [UInt8] = []
    /// Where each value begins; nil for NULL.
    private var starts: [Int?] = []
    /// The type that each value has by itself.
    private(set) var types: [TypeID?] = []
    /// Whether a value is there that the server must be told the type of.
    private(set) var hasIntervals = false

    var count: Int { starts.count }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity < 1 << 20)
        starts.removeAll(keepingCapacity: true)
        types.removeAll(keepingCapacity: true)
        hasIntervals = false
    }

    mutating func append(_ value: SQLValue) throws(DatabaseError) {
        if case .null = value {
            starts.append(nil)
            types.append(nil)
            return
        }
        starts.append(bytes.count)
        let type = value.naturalType
        types.append(type)
        if type == .interval { hasIntervals = true }
        try value.appendText(to: &bytes)
        bytes.append(0)
    }

    /// The types that must be said as the server guesses them wrong: `now() - $1` would take an interval for a time.
    var forcedTypes: [TypeID]? {
        hasIntervals ? types.map { $0 == .interval ? .interval : .unknown } : nil
    }

    /// Calls `body` with the values as libpq takes them; they are valid within it alone.
    func withPointers<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result) -> Result {
        guard !starts.isEmpty else { return body(nil) }
        return bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: starts.count) { pointers in
                let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                for (index, start) in starts.enumerated() {
                    pointers.initializeElement(at: index, to: start.flatMap { base?.advanced(by: $0) })
                }
                return body(UnsafePointer(pointers.baseAddress))
            }
        }
    }
}
