internal import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Encodes as brotli (RFC 7932), by the system's library where there is one.
final class BrotliEncoder: ContentEncoder {
    private let library: BrotliLibrary
    private let state: OpaquePointer

    /// The window, as a power of two: as large as gzip's memory, not the megabytes that brotli takes by itself.
    private static let window: UInt32 = 18

    /// - Parameter level: 0 to 11
    init?(level: Int) {
        guard let library = BrotliLibrary.shared, let state = library.create(nil, nil, nil) else { return nil }
        self.library = library
        self.state = state
        _ = library.setParameter(state, BrotliLibrary.quality, UInt32(clamping: min(max(level, 0), 11)))
        _ = library.setParameter(state, BrotliLibrary.windowSize, Self.window)
    }

    deinit { library.destroy(state) }

    func encode(_ input: ByteBuffer, isEnd: Bool, into output: inout ByteBuffer) throws(ContentEncodingFailure) {
        let isDone = input.withUnsafeReadableBytes { bytes -> Bool in
            var left = bytes.count
            var next = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            repeat {
                var room = 0
                let operation = isEnd ? BrotliLibrary.finish : BrotliLibrary.flush
                guard library.compress(state, operation, &left, &next, &room, nil, nil) == 1 else { return false }
                takeOutput(into: &output)
            } while left > 0 || library.hasMoreOutput(state) == 1
            return true
        }
        guard isDone else { throw ContentEncodingFailure() }
    }

    /// Takes what the library has in its own memory.
    private func takeOutput(into output: inout ByteBuffer) {
        while library.hasMoreOutput(state) == 1 {
            var size = 0
            guard let bytes = library.takeOutput(state, &size), size > 0 else { return }
            output.writeBytes(UnsafeRawBufferPointer(start: bytes, count: size))
        }
    }
}

/// The functions of `libbrotlienc`, which is looked for once: few systems are without it, and none must have it.
final class BrotliLibrary: Sendable {
    typealias Create = @convention(c) (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> OpaquePointer?
    typealias SetParameter = @convention(c) (OpaquePointer, CInt, UInt32) -> CInt
    typealias Compress =
        @convention(c) (
            OpaquePointer, CInt, UnsafeMutablePointer<Int>, UnsafeMutablePointer<UnsafePointer<UInt8>?>,
            UnsafeMutablePointer<Int>, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, UnsafeMutablePointer<Int>?
        ) -> CInt
    typealias HasMoreOutput = @convention(c) (OpaquePointer) -> CInt
    typealias TakeOutput = @convention(c) (OpaquePointer, UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>?
    typealias Destroy = @convention(c) (OpaquePointer) -> Void

    let create: Create
    let setParameter: SetParameter
    let compress: Compress
    let hasMoreOutput: HasMoreOutput
    let takeOutput: TakeOutput
    let destroy: Destroy

    // brotli/encode.h
    static let quality: CInt = 1
    static let windowSize: CInt = 2
    static let flush: CInt = 1
    static let finish: CInt = 2

    /// The library; nil where there is none.
    static let shared = BrotliLibrary()

    private init?() {
        #if canImport(Darwin)
            let name = "libbrotlienc.dylib"
        #else
            let name = "libbrotlienc.so.1"
        #endif
        // It stays loaded for as long as the process lives.
        guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { return nil }
        guard let create = dlsym(handle, "BrotliEncoderCreateInstance"),
            let setParameter = dlsym(handle, "BrotliEncoderSetParameter"),
            let compress = dlsym(handle, "BrotliEncoderCompressStream"),
            let hasMoreOutput = dlsym(handle, "BrotliEncoderHasMoreOutput"),
            let takeOutput = dlsym(handle, "BrotliEncoderTakeOutput"),
            let destroy = dlsym(handle, "BrotliEncoderDestroyInstance")
        else { return nil }
        self.create = unsafeBitCast(create, to: Create.self)
        self.setParameter = unsafeBitCast(setParameter, to: SetParameter.self)
        self.compress = unsafeBitCast(compress, to: Compress.self)
        self.hasMoreOutput = unsafeBitCast(hasMoreOutput, to: HasMoreOutput.self)
        self.takeOutput = unsafeBitCast(takeOutput, to: TakeOutput.self)
        self.destroy = unsafeBitCast(destroy, to: Destroy.self)
    }
}
