/// The encoders of a thread that no value uses, each for the values of one type.
///
/// Where a template goes through a list, its elements are encoded one after another. An encoder and a container for each would
/// cost as much as encoding four properties, most of it for looking up the container's type.
struct SpareEncoders {
    /// Elements have properties with properties of their own, but few types of them.
    private static let capacity = 4

    private var entries: [(type: EncodableType, encoder: ValueEncoder)] = []

    /// An encoder for a value of a type, whose encoding may ask for further encoders.
    mutating func take(for type: EncodableType) -> ValueEncoder {
        guard let index = entries.lastIndex(where: { $0.type === type }) else { return ValueEncoder() }
        return entries.remove(at: index).encoder
    }

    /// Takes an encoder back, unless the value has kept it.
    mutating func put(_ encoder: inout ValueEncoder, for type: EncodableType) {
        guard isKnownUniquelyReferenced(&encoder) else { return }
        if entries.count == Self.capacity { entries.removeFirst() }
        entries.append((type, encoder))
    }
}

/// A container for the properties of one value after another.
class AnyKeptContainer {
    /// The type of its keys.
    let keys: ObjectIdentifier
    let target: NamedTarget

    fileprivate init(_ keys: ObjectIdentifier, _ target: NamedTarget) {
        self.keys = keys
        self.target = target
    }
}

final class KeptContainer<Container>: AnyKeptContainer {
    private let container: Container

    init(_ container: Container, _ keys: ObjectIdentifier, _ target: NamedTarget) {
        self.container = container
        super.init(keys, target)
    }

    /// Not inlined: here the container's type is known, and where it is called it would be looked up.
    @inline(never) func copy() -> Container { container }
}

/// Where a container puts what it takes. After its value has been encoded it takes no more.
final class NamedTarget {
    @exclusivity(unchecked) var parts: NamedParts?
    init(_ parts: NamedParts) { self.parts = parts }
}
