import CTraceback
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Traceback {
    /// The calls with their functions and sources, the innermost first, without what the runtime does to throw.
    ///
    /// It may take seconds the first time; what was found is kept. Without `llvm-symbolizer` there are no sources, and
    /// functions only where an image exports them.
    package func frames() async -> [SourceFrame] {
        let places = addresses.enumerated().map { index, address in
            Self.place(of: address, isReturn: index < suspendedFrom)
        }
        let unknown = Set(places.compactMap { $0?.address }.filter { KnownFrames[$0] == nil })
        await KnownFrames.find(Array(unknown))
        var frames: [SourceFrame] = []
        for (index, place) in places.enumerated() {
            guard let place else { continue }
            var found = KnownFrames[place.address] ?? []
            if found.isEmpty { found = [Self.frame(of: place)] }
            for var frame in found {
                frame.isWaiting = index >= suspendedFrom
                frames.append(frame)
            }
        }
        let start = frames.prefix(4).lastIndex { $0.function.utf8.firstRange(of: "willThrow".utf8) != nil }
        return start.map { Array(frames[($0 + 1)...]) } ?? frames
    }

    /// Whether sources can be found here.
    package static var hasSymbolizer: Bool { KnownFrames.symbolizer != nil }

    private struct Place {
        let address: ImageAddress
        let symbol: String?
    }

    private static func place(of address: UInt, isReturn: Bool) -> Place? {
        var image = carafe_image()
        // A return address is that of the instruction after the call.
        let address = isReturn ? address &- 1 : address
        guard carafe_find_image(address, &image) != 0, let path = image.path, address >= image.base else { return nil }
        let name = String(cString: path)
        return Place(
            address: ImageAddress(
                image: name == CommandLine.arguments.first ? executable : name, offset: UInt64(address - image.base)),
            symbol: image.symbol.map { String(cString: $0) })
    }

    /// What can be said of a place without a symbolizer.
    private static func frame(of place: Place) -> SourceFrame {
        let image = Symbolizer.name(of: place.address.image)
        return SourceFrame(
            function: place.symbol.map(demangled) ?? "\(image) + 0x\(String(place.address.offset, radix: 16))",
            image: image, path: nil, line: 0, column: 0)
    }

    private static func demangled(_ name: String) -> String {
        guard let text = swift_demangle(name, name.utf8.count, nil, nil, 0) else { return name }
        defer { free(text) }
        return String(cString: text)
    }

    /// The path of the running program, which the loader knows by the name that it was called by.
    private static let executable: String = {
        guard let path = realpath("/proc/self/exe", nil) else { return CommandLine.arguments.first ?? "" }
        defer { free(path) }
        return String(cString: path)
    }()
}

/// What has been found out about addresses.
private enum KnownFrames {
    /// How many addresses are remembered.
    private static let limit = 10_000

    static let symbolizer = Symbolizer()

    private static let frames = Mutex<[ImageAddress: [SourceFrame]]>([:])

    static subscript(address: ImageAddress) -> [SourceFrame]? { frames.withLock { $0[address] } }

    static func find(_ addresses: [ImageAddress]) async {
        // The system's libraries have no sources, and are slow to look through.
        let worth = addresses.filter { $0.image.utf8.firstRange(of: "/lib/".utf8) == nil }
        guard let symbolizer, !worth.isEmpty else { return }
        let found = await symbolizer.frames(worth)
        frames.withLock { frames in
            if frames.count + worth.count > limit { frames.removeAll() }
            for (address, found) in zip(worth, found) { frames[address] = found }
        }
    }
}
