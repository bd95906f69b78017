/// A call with its function and its place in the source.
package struct SourceFrame: Sendable, Equatable {
    /// The function, as people write it; an address where nothing is known of it.
    package let function: String
    /// The name of the executable or library.
    package let image: String
    /// Nil where there is no source: the standard library's, thunks.
    package let path: String?
    /// Counted from 1; 0 without a source.
    package let line: Int
    /// In bytes, counted from 1; 0 where it is not known.
    package let column: Int
    /// Whether the function waits for the one before, instead of having called it.
    package var isWaiting = false

    package init(function: String, image: String, path: String?, line: Int, column: Int) {
        self.function = function
        self.image = image
        self.path = path
        self.line = line
        self.column = column
    }

    /// Whether the frame is of the app's own code, neither of Carafe's nor of another package's that SwiftPM has fetched.
    package var isOfApp: Bool {
        guard let path else { return false }
        return !path.utf8.starts(with: Self.ownSources.utf8) && path.utf8.firstRange(of: "/.build/".utf8) == nil
    }

    /// The folder `Sources` of Carafe itself.
    private static let ownSources: String = {
        var parts = #filePath.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/") + "/"
    }()
}

/// A place in an executable or library that nobody has found the function of yet.
package struct ImageAddress: Sendable, Hashable {
    /// The path of the executable or library.
    package let image: String
    /// Within the image. That of a call, not of what comes after it.
    package let offset: UInt64

    package init(image: String, offset: UInt64) {
        self.image = image
        self.offset = offset
    }
}
