import Foundation
import Testing

/// Measures how the time of a parser grows with its input, on the inputs that are worst for it.
///
/// ```swift
/// Linearity.expectLinear("Range", shapes: Linearity.worst(separator: ",")) { bytes in … }
/// ```
package enum Linearity {
    /// Lengths in bytes, each double the one before. Slower debug builds stop where a quadratic parser would have
    /// taken a thousand times as long as at the start; release builds go on to 128 KiB.
    #if DEBUG
        static let sizes = (10...15).map { 1 << $0 }
    #else
        static let sizes = (10...17).map { 1 << $0 }
    #endif

    /// The slope of log time over log size: 1 for a linear parser, 2 for a quadratic one. The time is that of the
    /// processor, not of the clock on the wall, and the best of several runs counts.
    package static func slope(of body: ([UInt8]) -> Void, on input: (Int) -> [UInt8]) -> Double {
        // The small sizes measure what a call costs, the large ones what a byte costs: fit those.
        let points = sizes.suffix(5).map { size in
            let bytes = input(size)
            var (best, total) = (Double.infinity, 0.0)
            while total < 0.000_3 {
                let start = processorSeconds()
                body(bytes)
                let seconds = processorSeconds() - start
                (best, total) = (min(best, seconds), total + max(seconds, 0.000_000_1))
            }
            return (x: log2(Double(size)), y: log2(max(best, 0.000_000_1)))
        }
        let count = Double(points.count)
        let (meanX, meanY) = (points.map(\.x).reduce(0, +) / count, points.map(\.y).reduce(0, +) / count)
        let numerator = points.map { ($0.x - meanX) * ($0.y - meanY) }.reduce(0, +)
        return numerator / points.map { ($0.x - meanX) * ($0.x - meanX) }.reduce(0, +)
    }

    /// Expects `body` to be linear on every worst shape made of `pieces`.
    ///
    /// Other work on the machine can bend a measurement, never a quadratic parser straight: six tries are allowed.
    package static func expectLinear(
        _ name: String, shapes: [Shape], sourceLocation: SourceLocation = #_sourceLocation,
        _ body: ([UInt8]) -> Void
    ) {
        for shape in shapes {
            var slope = Double.infinity
            for _ in 0..<6 where slope > 1.3 { slope = min(slope, Self.slope(of: body, on: shape.bytes)) }
            #expect(slope <= 1.3, "\(name) on \(shape)", sourceLocation: sourceLocation)
        }
    }

    /// An input of any length.
    package enum Shape: CustomStringConvertible {
        /// The piece again and again.
        case repeated(String)
        /// A beginning, then the piece again and again.
        case started(String, by: String)
        /// Pieces that differ from each other, so that nothing can be found twice.
        case numbered(String, separator: String)

        package func bytes(_ count: Int) -> [UInt8] {
            var result: [UInt8] = []
            result.reserveCapacity(count + 32)
            switch self {
            case .repeated(let piece):
                while result.count < count { result += piece.utf8 }
            case .started(let start, let piece):
                result += start.utf8
                while result.count < count { result += piece.utf8 }
            case .numbered(let piece, let separator):
                var number = 0
                while result.count < count {
                    result += (piece + String(number) + separator).utf8
                    number += 1
                }
            }
            return Array(result.prefix(count))
        }

        package var description: String {
            switch self {
            case .repeated(let piece): "\(piece.debugDescription)…"
            case .started(let start, let piece): "\(start.debugDescription) and \(piece.debugDescription)…"
            case .numbered(let piece, let separator): "\(piece)0\(separator)\(piece)1\(separator)…"
            }
        }
    }

    /// The shapes that are bad for one parser or another.
    package static func worst(separator: String) -> [Shape] {
        [
            .repeated(separator), .repeated("\""), .repeated("\\"), .repeated("a"), .repeated(" "), .repeated("="),
            .repeated("a=\"" + separator), .repeated("a=\"\\\"" + separator), .repeated("a=b" + separator),
            .repeated("\"\\"), .started("\"", by: "\\\"" + separator), .started("a=\"", by: "\\"),
            .started("a=", by: " "), .numbered("n", separator: "=1" + separator), .repeated("%"), .repeated("%25"),
            .repeated("*" + separator), .repeated("W/\"" + separator), .repeated("\u{E9}"),
        ]
    }

    /// How long this thread has had a processor.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
